import HotReloadBuild
import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages
import Testing

/// Uploads that are decoded on their way (FEATURES B14).
@Suite struct EncodedUploadTests {
  private static let flash = "/upload?encoding=delta"
  private static let ram = "/upload?stage=ram&encoding=delta"
  private static let ramOnly = "/upload?stage=ram-only&encoding=delta"
  private static let targets = [flash, ram, ramOnly]

  /// A device that runs version 1 from flash, where it is confirmed.
  private func started(_ chip: Chip = .esp32c6, maximum: UInt32 = 64 << 10) throws -> TestBench {
    let bench = TestBench(chip: chip)
    try bench.device.runtime.startServer(
      label: nil, maximumLength: maximum, authentication: .challenge)
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.device.runtime.confirm()
    return bench
  }

  /// What is to be seen of a bench from outside.
  private func state(of bench: TestBench) -> [String] {
    [
      "\(bench.isUpdateAvailable)", "\(String(describing: bench.runningVersion))",
      "\(bench.device.memory.blocks)",
    ]
  }

  @Test(arguments: TestBench.chips, targets)
  func aDifferenceToWhatIsStoredRuns(chip: Chip, target: String) throws {
    let bench = try started(chip)
    let image = bench.module(version: 2)
    let body = DeltaEncoder.encode(image, base: bench.module(version: 1))
    #expect(body.count < image.count / 2)
    let reply = bench.upload(body, to: target)
    #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(reply)")
    #expect(bench.isUpdateAvailable)
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test(arguments: TestBench.chips, targets)
  func aCompressedModuleRuns(chip: Chip, target: String) throws {
    let bench = try started(chip)
    let image = bench.module(version: 2)
    let reply = bench.upload(DeltaEncoder.encode(image), to: target)
    #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(reply)")
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  /// A large image that the loader takes: bytes of no use follow a module.
  private func large(_ bench: TestBench, version: UInt8) -> [UInt8] {
    var random = SplitMix(77)
    return bench.module(version: version)
      + (0..<20_000).map { _ in UInt8.random(in: 0...3, using: &random) }
  }

  @Test(arguments: [1, 7, 64, 1000, 100_000])
  func theStoredBytesAreTheImage(piece: Int) throws {
    let bench = try started()
    let image = large(bench, version: 2)
    let body = DeltaEncoder.encode(image)
    #expect(image.count > 2 << body[1], "the window is full more than once")
    let connection = SimulatedConnection(to: bench.device)
    var reply = connection.exchange(
      bench.head(for: body, nonce: bench.nonce(over: connection), target: Self.flash))
    for start in stride(from: 0, to: body.count, by: piece) {
      reply += connection.exchange(Array(body[start..<min(start + piece, body.count)]))
    }
    #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(reply)")
    let flash = try #require(bench.device.flash.contents(of: "hotreload"))
    let slot = 64 << 10
    #expect(Array(flash[slot + 512..<slot + 512 + image.count]) == image)
    #expect(bench.device.memory.blocks.count == bench.blockCount, "the window is free again")
  }

  @Test func inRAMTheImageIsItsOwnWindow() throws {
    let bench = try started()
    let image = large(bench, version: 2)
    bench.device.memory.allocationsUntilFailure = 1
    let reply = bench.upload(DeltaEncoder.encode(image), to: Self.ram)
    #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(reply)")
    bench.device.memory.allocationsUntilFailure = nil
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func whatRunsFromRAMIsABaseToo() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: "/upload?stage=ram")
    try bench.load()
    for (version, target) in [(3 as UInt8, Self.ram), (4, Self.ramOnly), (5, Self.flash)] {
      let body = DeltaEncoder.encode(
        bench.module(version: version), base: bench.module(version: version - 1))
      let reply = bench.upload(body, to: target)
      #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(version): \(reply)")
      try bench.load()
      #expect(bench.runningVersion == version)
    }
  }

  @Test func withoutTheBaseNothingIsTouched() throws {
    let bench = try started()
    let before = state(of: bench)
    bench.device.flash.operations = []
    for target in Self.targets {
      let body = DeltaEncoder.encode(
        bench.module(version: 3), base: bench.module(version: 2))
      let reply = bench.upload(body, to: target)
      #expect(reply.hasPrefix("HTTP/1.1 409 no_base\r\n"), "\(target): \(reply)")
      #expect(state(of: bench) == before, "\(target)")
    }
    #expect(bench.device.flash.operations == [])
    #expect(bench.upload(bench.module(version: 3)).hasPrefix("HTTP/1.1 200 "), "all of it works")
  }

  @Test func anImageThatTheUploadOverwritesIsNoBase() throws {
    let bench = try started()
    try bench.store(bench.module(version: 2))
    let body = DeltaEncoder.encode(bench.module(version: 3), base: bench.module(version: 2))
    #expect(bench.upload(body, to: Self.flash).hasPrefix("HTTP/1.1 409 no_base"))
  }

  @Test func aBaseThatGoesMeanwhileIsMissed() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: "/upload?stage=ram")
    let body = DeltaEncoder.encode(bench.module(version: 3), base: bench.module(version: 2))
    let connection = SimulatedConnection(to: bench.device)
    _ = connection.exchange(
      bench.head(for: body, nonce: bench.nonce(over: connection), target: Self.ram))
    #expect(connection.exchange(Array(body[..<48])) == "")
    try bench.store(bench.module(version: 4))
    let reply = connection.exchange(Array(body[48...]))
    #expect(reply.hasPrefix("HTTP/1.1 409 no_base"), "\(reply)")
    try bench.load()
    #expect(bench.runningVersion == 4)
  }

  @Test(arguments: targets) func anotherImageThanPromisedIsRefused(target: String) throws {
    let bench = try started()
    let before = state(of: bench)
    var body = DeltaEncoder.encode(bench.module(version: 2))
    body[6] ^= 1
    let reply = bench.upload(body, to: target)
    #expect(reply.hasPrefix("HTTP/1.1 422 bad_encoding\r\n"), "\(reply)")
    #expect(state(of: bench) == before)
  }

  @Test(arguments: targets) func garbageIsRefused(target: String) throws {
    let bench = try started()
    let before = state(of: bench)
    var random = SplitMix(1)
    let good = DeltaEncoder.encode(bench.module(version: 2), base: bench.module(version: 1))
    for round in 0..<200 {
      var body = good
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: body.indices, using: &random)
        body[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard body != good else { continue }
      let reply = bench.upload(body, to: target)
      #expect(!reply.hasPrefix("HTTP/1.1 200 "), "round \(round): \(body)")
      #expect(state(of: bench) == before, "round \(round)")
    }
  }

  @Test(arguments: targets) func aBodyThatEndsEarlyOrLateIsRefused(target: String) throws {
    let bench = try started()
    let before = state(of: bench)
    let good = DeltaEncoder.encode(bench.module(version: 2))
    for body in [Array(good.dropLast()), good + [0], Array(good.prefix(1)), Array(good.prefix(38))]
    {
      let reply = bench.upload(body, to: target)
      #expect(reply.hasPrefix("HTTP/1.1 422 bad_encoding\r\n"), "\(body.count): \(reply)")
      #expect(state(of: bench) == before)
    }
  }

  @Test(arguments: targets) func theImageCountsForTheLimit(target: String) throws {
    let bench = try started(maximum: 1000)
    let body = DeltaEncoder.encode([UInt8](repeating: 0, count: 1001))
    #expect(body.count < 100)
    let reply = bench.upload(body, to: target)
    #expect(reply.hasPrefix("HTTP/1.1 413 too_large\r\n"), "\(reply)")
  }

  @Test func withoutMemoryForTheWindowItIsRefused() throws {
    let bench = try started()
    bench.device.memory.allocationsUntilFailure = 0
    let body = DeltaEncoder.encode(bench.module(version: 2))
    for target in Self.targets {
      let reply = bench.upload(body, to: target)
      #expect(reply.hasPrefix("HTTP/1.1 507 insufficient_storage\r\n"), "\(target): \(reply)")
    }
    bench.device.memory.allocationsUntilFailure = nil
    #expect(bench.upload(body, to: Self.flash).hasPrefix("HTTP/1.1 200 "))
  }

  @Test(arguments: targets) func anUploadThatIsGivenUpLeavesNothing(target: String) throws {
    let bench = try started()
    let before = state(of: bench)
    let body = DeltaEncoder.encode(bench.module(version: 2), base: bench.module(version: 1))
    for count in body.indices {
      let connection = SimulatedConnection(to: bench.device)
      _ = connection.exchange(
        bench.head(for: body, nonce: bench.nonce(over: connection), target: target))
      _ = connection.exchange(Array(body[..<count]))
      connection.drop()
      #expect(state(of: bench) == before, "after \(count) bytes")
    }
    #expect(bench.upload(body, to: target).hasPrefix("HTTP/1.1 200 "))
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func anotherEncodingIsRefused() throws {
    let bench = try started()
    let reply = bench.upload(bench.module(version: 2), to: "/upload?encoding=gzip")
    #expect(reply.hasPrefix("HTTP/1.1 400 bad_request\r\n"), "\(reply)")
  }

  @Test func theStatusNamesTheEncoding() throws {
    #expect(try started().statusReply().contains(#""encodings":["delta"],"#))
  }
}
