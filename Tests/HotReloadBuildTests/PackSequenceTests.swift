import SystemPackage
import Testing

@testable import HotReloadBuild

struct PackSequenceTests {
  @Test(
    arguments: [
      (nil, 1000, 1000), ("999\n", 1000, 1000), ("1000", 1000, 1001), ("5000\n", 1000, 5001),
      ("nonsense", 1000, 1000), ("18446744073709551615", 1000, 1000),
    ] as [(String?, UInt64, UInt64)])
  func `numbers never repeat`(last: String?, now: UInt64, next: UInt64) throws {
    let folder = try TemporaryFolder()
    if let last { try folder.write(last, to: "sequence") }
    let sequence = PackSequence(file: folder.path.appending("sequence"))
    #expect(try sequence.next(now: now) == next)
  }

  @Test func `what was recorded counts`() throws {
    let folder = try TemporaryFolder()
    let sequence = PackSequence(file: folder.path.appending("sequence"))
    try sequence.record(7)
    #expect(try sequence.next(now: 0) == 8)
    #expect(try sequence.next() > 1_700_000_000_000)
  }
}
