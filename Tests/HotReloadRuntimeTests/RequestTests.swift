import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages
import Testing

/// Requests that another HTTP server has parsed, and what other tasks do between two pieces of an upload: the runtime's
/// lock is free there (FEATURES B29, F26).
@Suite struct RequestTests {
  /// Version 1 runs from flash.
  private func started() throws -> TestBench {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.startServer()
    return bench
  }

  private func begin(_ image: [UInt8], on bench: TestBench) -> (SimulatedRequest, String) {
    let request = SimulatedRequest(to: bench.device)
    let nonce = bench.nonce(over: SimulatedConnection(to: bench.device))
    let head = String(decoding: bench.head(for: image, nonce: nonce), as: UTF8.self)
    return (request, request.begin(head))
  }

  /// What another task does meanwhile.
  enum Meanwhile: CaseIterable {
    case nothing, status, reload, reloadAll, unload, loadFromMemory, failedLoad, secondUpload,
      uploadOverAByteStream, abortedUpload
    case store, stop, restartOfTheServer

    /// Whether the upload goes on undisturbed.
    var sparesUpload: Bool {
      switch self {
      case .store, .stop, .restartOfTheServer: false
      default: true
      }
    }
  }

  private func perform(_ meanwhile: Meanwhile, on bench: TestBench) throws {
    let other = bench.module(version: 3)
    switch meanwhile {
    case .nothing: break
    case .status:
      let reply = SimulatedRequest(to: bench.device).begin("GET /status HTTP/1.1")
      #expect(reply.contains("\"loaded\":true"), "\(reply)")
    case .reload: try bench.load()
    case .reloadAll: try bench.device.runtime.loadAll()
    case .unload: try bench.device.runtime.unload()
    case .loadFromMemory: try bench.device.runtime.load(other.raw)
    case .failedLoad:
      #expect(throws: RuntimeError.self) { try bench.device.runtime.load([1, 2, 3].raw) }
    case .secondUpload:
      let (_, reply) = begin(other, on: bench)
      #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    case .uploadOverAByteStream:
      let reply = bench.upload(other)
      #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    case .abortedUpload:
      let (request, _) = begin(other, on: bench)
      request.abort()
    case .store: try bench.store(other)
    case .stop: try bench.device.runtime.stopServer()
    case .restartOfTheServer:
      try bench.device.runtime.stopServer()
      try bench.startServer()
    }
  }

  struct Interleaving: CustomTestStringConvertible {
    var meanwhile: Meanwhile
    /// Bytes of the upload that were received before.
    var received: Int

    var testDescription: String { "\(meanwhile) after \(received) bytes" }
  }

  static let interleavings = Meanwhile.allCases.flatMap { meanwhile in
    [0, 1, 100].map { Interleaving(meanwhile: meanwhile, received: $0) }
  }

  @Test("an upload, and what another task does between its pieces", arguments: interleavings)
  func interleave(_ interleaving: Interleaving) throws {
    let bench = try started()
    let image = bench.module(version: 2)
    let (request, reply) = begin(image, on: bench)
    #expect(reply == "")
    #expect(request.next == .upload)
    if interleaving.received > 0 {
      #expect(request.receive(Array(image.prefix(interleaving.received))) == "")
    }
    try perform(interleaving.meanwhile, on: bench)
    let end = request.receive(Array(image.dropFirst(interleaving.received)))
    if interleaving.meanwhile.sparesUpload {
      #expect(end.hasPrefix("HTTP/1.1 200 "), "\(end)")
      #expect(request.next == .done)
      #expect(bench.isUpdateAvailable)
    } else {
      #expect(end == "" || end.hasPrefix("HTTP/1.1 500 "), "\(end)")
      #expect(request.next == .close || request.next == .done)
    }
    try bench.load()
    let expected: UInt8 =
      interleaving.meanwhile.sparesUpload ? 2 : interleaving.meanwhile == .store ? 3 : 1
    #expect(bench.runningVersion == expected)
  }

  @Test func anAbortedUploadLeavesEverythingAndTheNextOneWorks() throws {
    let bench = try started()
    let image = bench.module(version: 2)
    let (request, _) = begin(image, on: bench)
    _ = request.receive(Array(image.dropLast()))
    request.abort()
    #expect(bench.runningVersion == 1)
    #expect(!bench.isUpdateAvailable)
    let (next, _) = begin(image, on: bench)
    #expect(next.receive(image).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func aClientThatStopsSendingRunsIntoTheDeadline() throws {
    let bench = try started()
    let image = bench.module(version: 2)
    let (request, _) = begin(image, on: bench)
    bench.device.system.time += WireLimit.bodyPause + 1
    #expect(request.receive([]).hasPrefix("HTTP/1.1 408 "))
    #expect(request.next == .close)
    let (next, _) = begin(image, on: bench)
    #expect(next.receive(image).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func anImageThatCannotLoadIsRefusedAtItsEnd() throws {
    let bench = try started()
    let image = bench.module(version: 2) { $0.relative = [0x20] }
    let (request, _) = begin(image, on: bench)
    let reply = request.receive(image)
    #expect(reply.hasPrefix("HTTP/1.1 422 "), "\(reply)")
    #expect(request.next == .done)
    #expect(!bench.isUpdateAvailable)
  }

  @Test func withoutAServerNobodyAnswers() throws {
    let bench = TestBench()
    let request = SimulatedRequest(to: bench.device)
    #expect(request.begin("GET /status HTTP/1.1") == "")
    #expect(request.next == .close)
  }
}
