import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Starts to answer requests. Uploads go to `label` unless they name another partition; nil stands for
  /// the firmware's first module.
  ///
  /// Throws `serverRunning`, `noSymbolTable`, `unknownPartition`, `store`.
  public mutating func startServer(
    label: PartitionLabel?, maximumLength: UInt32, authentication: Authentication
  ) throws(RuntimeError) {
    guard !isServing else { throw .serverRunning }
    let first = countTables() > 0 ? table(0).label : nil
    guard let label = label ?? first else { throw .noSymbolTable }
    _ = try store(of: label)
    describe(authentication)
    server.start(
      ServerConfiguration(
        authentication: authentication, key: firmware.key, maximumLength: maximumLength))
    serverLabel = label
    isServing = true
  }

  /// Fills in what the status says for as long as the server runs.
  private mutating func describe(_ authentication: Authentication) {
    if let chip = Chip.withID(firmware.chip) { device.chip = chip.name }
    device.firmware = firmware.buildID
    firmware.withVersion { device.firmwareVersion.set($0) }
    device.authentication = authentication
    for index in 0..<countTables() {
      if let label = table(index).label { modules[index].partition = label }
    }
    device.bootID = system.now()
    if let random = system.nonce() {
      for index in 0..<8 {
        device.bootID = device.bootID &<< 8 | UInt64(word: UInt32(random[index]))
      }
    }
  }

  /// Answers no more; an upload under way is dropped. Throws `serverStopped`.
  public mutating func stopServer() throws(RuntimeError) {
    guard isServing else { throw .serverStopped }
    isServing = false
    upload = nil
  }

  /// Takes bytes that arrived for `session` and answers through `transport`. Without bytes it lets
  /// deadlines expire: call it so at least every 100 ms.
  public mutating func receive(
    _ bytes: Span<UInt8>, in session: inout ServerSession<P.Hasher>,
    _ transport: inout some TransportPort
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
        send(&session, &transport)
      case .issueNonce:
        let nonce = system.nonce().map { Nonce(bytes: $0) }
        session.issue(nonce, now: system.now(), server: &server)
      case .begin, .write, .finish:
        perform(step.action, used, &session)
      case .discard:
        upload = nil
      case .close:
        transport.close()
      }
    }
  }

  /// A peer of `session` came or went: what was under way is forgotten.
  public mutating func restart(_ session: inout ServerSession<P.Hasher>) {
    guard isServing else { return }
    if session.restart(server: &server) { upload = nil }
  }

  /// Does what the upload of `session` asks for, and tells it what came of it.
  @inline(never)
  private mutating func perform(
    _ action: ServerAction, _ bytes: Span<UInt8>, _ session: inout ServerSession<P.Hasher>
  ) {
    do throws(RuntimeError) {
      switch action {
      case .begin: try begin(session.partition ?? serverLabel, length: session.length)
      case .write: try write(bytes)
      default: try finish()
      }
      session.succeeded(now: system.now(), server: &server)
    } catch {
      session.failed(error.refusal, text: symbol.bytes, server: &server)
    }
  }

  @inline(never)
  private mutating func send(
    _ session: inout ServerSession<P.Hasher>, _ transport: inout some TransportPort
  ) {
    device.uptime = system.now() / 1000
    let count = countTables()
    var writer = ReplyWriter()
    while session.write(&writer, device: &device, modules: modules.span.extracting(first: count)) {
      // Safety: `bytes` is unsafe for elements with padding; a byte has none.
      transport.send(unsafe writer.bytes.bytes)
    }
  }
}
