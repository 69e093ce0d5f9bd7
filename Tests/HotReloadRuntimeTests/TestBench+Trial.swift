import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import HotReloadSoftwareCrypto
import HotReloadStore
import Testing

/// Modules on trial.
extension TestBench {
  /// What the flash holds for the partition of symbol table `index`.
  func image(_ index: Int = 0) throws -> StoredImage? {
    let partition = try device.flash.partition(labelled: Self.label(Self.partitions[index]))
    return try ModuleStore<SoftwareSHA256>(partition).currentImage(in: device.flash)
  }

  /// Stores a module, loads it and says that it is good.
  func install(version: UInt8, in index: Int = 0) throws {
    try store(module(version: version, for: index), in: index)
    try load(index)
    try device.runtime.confirm()
  }

  /// Stores a module and loads it.
  func `try`(version: UInt8, in index: Int = 0) throws {
    try store(module(version: version, for: index), in: index)
    try load(index)
  }

  /// Starts again and loads what there is; false if there is nothing.
  func boot(_ reason: ResetReason, _ index: Int = 0) throws -> Bool {
    device.restart(reason)
    do throws(RuntimeError) {
      try device.runtime.load(from: Self.label(Self.partitions[index]))
    } catch {
      guard error == .noImage else { throw error }
      return false
    }
    return true
  }

  /// The firmware crashes; what it says for people.
  @discardableResult
  func crash(
    _ kind: CrashKind = .trap, cause: UInt32 = 5, at pc: UInt32 = 0, from returnAddress: UInt32 = 0
  ) -> (line: String, restarts: Bool) {
    var line = TextWindow()
    let restarts = device.runtime.crash(
      kind, cause: cause, pc: pc, returnAddress: returnAddress, &line)
    let bytes = line.bytes
    return (String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self), restarts)
  }

  /// The application comes to a safe point.
  func poll(_ count: Int = 1) { for _ in 0..<count { device.system.pulse.poll() } }

  /// The states of the modules that run, by symbol table.
  var states: [String?] {
    get throws {
      let status = try statusReply()
      return status.matches(of: /"loaded":(?:false|true,.*?"state":"(\w+)")/).map {
        $0.1.map(String.init)
      }
    }
  }

  /// `GET /status`; starts the server.
  func statusReply() throws -> String {
    try? startServer()
    return SimulatedConnection(to: device).exchange(Array("GET /status HTTP/1.1\r\n\r\n".utf8))
  }

  /// The `last_error` of the status.
  func lastFailure() throws -> String {
    let status = try statusReply()
    return String(try #require(status.firstMatch(of: /"last_error":(.*)}\n/)).1)
  }
}
