import HotReloadPort
import HotReloadServer

// Requests over a byte stream.

extension Runtime {
  /// Takes bytes that arrived for `session` and answers through `transport`. Without bytes it lets
  /// deadlines expire: call it so at least every 100 ms.
  public mutating func receive(
    _ bytes: Span<UInt8>, in session: inout ServerSession, _ transport: inout some TransportPort
  ) {
    guard isServing else { return }
    var rest = bytes
    while true {
      let step = session.advance(rest, now: system.now(), server: &server)
      let used = rest.extracting(first: step.consumed)
      rest = rest.extracting(droppingFirst: step.consumed)
      switch step.action {
      case .wait:
        if rest.isEmpty || step.consumed == 0 { return }
      case .send:
        send(&session.exchange, &transport)
      case .close:
        transport.close()
      case .issueNonce, .begin, .write, .finish, .discard:
        perform(step.action, used, &session.exchange)
      }
    }
  }

  /// A peer of `session` came or went: what was under way is forgotten.
  public mutating func restart(_ session: inout ServerSession) {
    guard isServing else { return }
    if session.restart(server: &server) { dropUpload() }
  }

  @inline(never)
  private mutating func send(
    _ exchange: inout RequestExchange, _ transport: inout some TransportPort
  ) {
    device.uptime = system.now() / 1000
    let count = countTables()
    var writer = ReplyWriter()
    while exchange.write(&writer, device: &device, modules: modules.span.extracting(first: count)) {
      // Safety: `bytes` is unsafe for elements with padding; a byte has none.
      transport.send(unsafe writer.bytes.bytes)
    }
  }
}
