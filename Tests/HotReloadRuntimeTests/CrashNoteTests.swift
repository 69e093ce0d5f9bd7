import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// What is known after a restart of the crash before it (FEATURES B10, B25).
@Suite struct CrashNoteTests {
  struct Row: CustomTestStringConvertible {
    var kind: CrashKind
    /// In the module, or elsewhere.
    var isInModule: Bool
    var detail: String

    var testDescription: String { detail }
  }

  static let rows = [
    Row(kind: .trap, isInModule: true, detail: "rolled back: trap 5 in greet+0x4"),
    Row(kind: .abort, isInModule: true, detail: "rolled back: abort in greet+0x4"),
    Row(kind: .watchdog, isInModule: true, detail: "rolled back: watchdog in greet+0x4"),
    Row(kind: .hang, isInModule: true, detail: "rolled back: hang in greet+0x4"),
    Row(kind: .trap, isInModule: false, detail: "rolled back: trap 5 in firmware code"),
    Row(kind: .hang, isInModule: false, detail: "rolled back: hang in firmware code"),
  ]

  @Test("the status says what a module on trial did, and where", arguments: rows)
  func rollback(row: Row) throws {
    for isCalled in [false, true] {
      let bench = TestBench()
      try bench.install(version: 1)
      try bench.try(version: 2)
      let greet = try #require(bench.table["greet"])
      let place = row.isInModule ? greet + 4 : 0x4200_0000
      let crash =
        isCalled
        ? bench.crash(row.kind, at: 0x4200_0000, from: place) : bench.crash(row.kind, at: place)
      #expect(crash.restarts)
      #expect(crash.line == (row.isInModule ? "in greet+0x4, module 'hotreload'" : ""))
      #expect(try bench.boot(.crash))
      #expect(bench.runningVersion == 1)
      let id = String(repeating: "02", count: 32)
      #expect(
        try bench.lastFailure()
          == #"{"module":"\#(id)","error":"rolled_back","detail":"\#(row.detail)"}"#)
      #expect(bench.device.system.lines.contains(row.detail))
    }
  }

  @Test func aCrashOfAModuleThatIsGoodIsToldToo() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    let greet = try #require(bench.table["greet"])
    #expect(!bench.crash(at: greet).restarts)
    #expect(try bench.boot(.crash))
    #expect(
      try bench.lastFailure()
        == #"{"module":"","error":"crashed","detail":"trap 5 in greet+0x0"}"#)
    _ = try bench.boot(.powerOn)
    #expect(try bench.lastFailure() == "null", "once")
  }

  @Test func aCrashOfTheFirmwareAloneIsNoneOfOurs() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    #expect(!bench.crash(at: 0x4200_0000).restarts)
    #expect(try bench.boot(.crash))
    #expect(try bench.lastFailure() == "null")
  }

  @Test func aCallWithoutAModuleIsTheReasonOfItsCrash() throws {
    let bench = TestBench()
    let name: [UInt8] = Array("greet".utf8)
    bench.device.runtime.noteEmptySlot(name.span)
    #expect(!bench.crash(.abort, at: 0x4200_0000).restarts)
    bench.device.restart(.crash)
    #expect(
      try bench.lastFailure() == #"{"module":"","error":"not_loaded","detail":"#
        + #""greet was called while no module was loaded, before the restart"}"#)
  }

  @Test func withoutRetainedBytesThereIsARollbackAllTheSame() throws {
    let bench = TestBench()
    bench.device.system.retainedBytes = []
    try bench.install(version: 1)
    try bench.try(version: 2)
    #expect(bench.crash().restarts)
    #expect(try bench.boot(.crash))
    #expect(bench.runningVersion == 1)
    #expect(try bench.lastFailure().contains("rolled back: the firmware crashed"))
  }

  @Test func aNoteWithAnyBitFlippedIsNone() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    try bench.try(version: 2)
    bench.crash(at: try #require(bench.table["greet"]))
    let note = bench.device.system.retainedBytes
    for bit in 0..<note.count * 8 {
      let bench = TestBench()
      bench.device.system.retainedBytes = note
      bench.device.system.retainedBytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(try bench.lastFailure() == "null", "bit \(bit)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func whateverIsInTheRetainedBytesTheDeviceStarts(seed: UInt64) throws {
    var random = SplitMix(seed)
    for _ in 0..<200 {
      let bench = TestBench()
      try bench.try(version: 1)
      bench.device.restart(.brownOut)
      for index in 0..<64 {
        bench.device.system.retainedBytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      try bench.load()
      #expect(bench.runningVersion == 1, "\(bench.device.system.retainedBytes)")
    }
  }
}
