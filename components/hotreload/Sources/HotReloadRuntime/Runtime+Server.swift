import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Answers requests from now on. Uploads go to `label` unless they name another partition; nil stands for the firmware's
  /// first module.
  ///
  /// Throws `serverRunning`, `noSymbolTable`, `unknownPartition`, `store`.
  public mutating func startServer(
    label: PartitionLabel?, maximumLength: UInt32, authentication: Authentication
  ) throws(RuntimeError) {
    guard !isServing else { throw .serverRunning }
    do throws(RuntimeError) {
      let first = countTables() > 0 ? table(0).label : nil
      guard let label = label ?? first else { throw .noSymbolTable }
      _ = try store(of: label)
      serverLabel = label
    } catch {
      logServer(error)
      throw error
    }
    describe(authentication)
    server.start(
      ServerConfiguration(
        authentication: authentication, key: firmware.key, maximumLength: maximumLength))
    isServing = true
  }

  /// Logs why the server does not answer.
  @inline(never)
  public mutating func logServer(_ error: RuntimeError) {
    system.log(.error, error.refusal, text: Span())
  }

  /// Logs where the server answers: on this TCP port, as far as the channel has ports.
  @inline(never)
  public mutating func logServer(port: UInt16) {
    var address = InlineArray<48, UInt8>(repeating: 0)
    let length = system.address(&address)
    let line: TextLine =
      switch length {
      case nil: "listening on port %u"
      case 0: "no network interface is up: the server answers on port %u as soon as one is"
      default: "listening on http://%s:%u"
      }
    system.log(
      length == 0 ? .warning : .info, Refusal(.internal, line, UInt32(port)),
      text: address.span.extracting(first: length ?? 0))
  }

  /// Fills in what the status says for as long as the server runs.
  private mutating func describe(_ authentication: Authentication) {
    if let chip = Chip.withID(firmware.chip) { device.chip = chip.name }
    device.firmware = firmware.buildID
    firmware.withVersion { device.firmwareVersion.set($0) }
    device.authentication = authentication
    device.resetReason = system.resetReason
    recallCrash()
    if !device.hasFailed, let crash = trial.crash, crash.concernsModules {
      device.hasFailed = true
      device.failure.refusal = crash.refusal(
        crash.isOfRAM ? .rolledBack : crash.kind == .emptySlot ? .notLoaded : .crashed)
      device.failure.text = crash.place
      // The first load after the start does not undo it.
      failure = .rolledBack
    }
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
    server.stop()
    dropUpload()
  }

  /// Does what the exchange of a request asks for, and tells it what came of it.
  @inline(never)
  mutating func perform(
    _ action: ServerAction, _ bytes: Span<UInt8>, _ exchange: inout RequestExchange
  ) {
    do throws(RuntimeError) {
      switch action {
      case .begin:
        uploadLabel = server.upload.partition ?? serverLabel
        try begin()
      case .write:
        try write(bytes)
      case .finish:
        try finish()
      case .issueNonce:
        let nonce = system.nonce().map { Nonce(bytes: $0) }
        return exchange.issue(nonce, now: system.now(), server: &server)
      case .discard:
        dropUpload()
        return
      case .wait, .send, .close:
        return
      }
      exchange.succeeded(now: system.now(), server: &server)
    } catch {
      exchange.failed(error.refusal, text: symbol.bytes, server: &server)
    }
  }

  /// Copies what a reply may say about the device, as it is now.
  @inline(never)
  public mutating func report(to report: inout StatusReport) {
    device.uptime = system.now() / 1000
    report.device = device
    report.count = countTables()
    // One by one: all at once they would be copied twice, over the stack.
    for index in 0..<report.count { report.modules[index] = modules[index] }
  }
}
