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
    guard server == nil else { throw .serverRunning }
    guard let label = label ?? firstLabel else { throw .noSymbolTable }
    _ = try store(of: label)
    var bootID = system.now()
    if let random = system.nonce() {
      for index in 0..<8 { bootID = bootID &<< 8 | UInt64(word: UInt32(random[index])) }
    }
    server = RunningServer(
      state: ServerState(
        configuration: ServerConfiguration(
          authentication: authentication, key: firmware.key, maximumLength: maximumLength)),
      label: label, bootID: bootID)
  }

  /// Answers no more; an upload under way is dropped. Throws `serverStopped`.
  public mutating func stopServer() throws(RuntimeError) {
    guard server != nil else { throw .serverStopped }
    server = nil
    upload = nil
  }

  /// Takes bytes that arrived for `session` and answers through `transport`. Without bytes it lets
  /// deadlines expire: call it so at least every 100 ms.
  public mutating func receive(
    _ bytes: Span<UInt8>, in session: inout ServerSession<P.Hasher>,
    _ transport: inout some TransportPort
  ) {
    guard var server = server.take() else { return }
    var rest = bytes
    var isWaiting = false
    while !isWaiting {
      let step = session.advance(rest, now: system.now(), server: &server.state)
      let used = rest.extracting(first: step.consumed)
      rest = rest.extracting(droppingFirst: step.consumed)
      switch step.action {
      case .wait:
        isWaiting = rest.isEmpty || step.consumed == 0
      case .send:
        send(session.reply, of: server, &transport)
      case .issueNonce:
        let nonce = system.nonce().map { Nonce(bytes: $0) }
        session.issue(nonce, now: system.now(), server: &server.state)
      case .begin:
        let label = session.partition ?? server.label
        answer(begin(label, length: session.length), &session, &server)
      case .write:
        answer(write(used), &session, &server)
      case .finish:
        answer(finish(authentication: server.state.configuration.authentication), &session, &server)
      case .discard:
        upload = nil
      case .close:
        transport.close()
      }
    }
    self.server = consume server
  }

  /// A peer of `session` came or went: what was under way is forgotten.
  public mutating func restart(_ session: inout ServerSession<P.Hasher>) {
    guard var server = server.take() else { return }
    if session.restart(server: &server.state) { upload = nil }
    self.server = consume server
  }

  private func answer(
    _ result: Result<Void, RuntimeError>, _ session: inout ServerSession<P.Hasher>,
    _ server: inout RunningServer
  ) {
    switch result {
    case .success: session.succeeded(now: system.now(), server: &server.state)
    case .failure(let error): session.failed(error.refusal, server: &server.state)
    }
  }

  private func send(
    _ reply: borrowing Reply, of server: borrowing RunningServer, _ transport: inout some TransportPort
  ) {
    let device = status(of: server)
    let modules: InlineArray<1, ModuleStatus> = [moduleStatus(of: server)]
    var writer = ReplyWriter()
    while writer.next(reply, device: device, modules: modules.span) {
      transport.send(writer.bytes.bytes)
    }
  }
}
