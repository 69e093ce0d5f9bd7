import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// Variables whose values outlive a reload (FEATURES B18).
@Suite struct KeptStateTests {
  /// A kept variable; its address is an offset in 32 bytes of data.
  struct Variable {
    var name = "count"
    var layout: UInt32 = 1
    var address: UInt32 = 8
    var size: UInt32 = 4
  }

  /// What becomes of the variables of the old module, whose 32 bytes of data are 0x80, 0x81, … by then, in the new
  /// one, whose data are 0, 1, ….
  struct Case: CustomTestStringConvertible {
    let name: String
    var old = [Variable()]
    var new = [Variable()]
    /// What the new module does with a changed variable; nil if it has no lifecycle function.
    var migrates: Bool? = nil
    /// Bytes of the new module that are not the initial ones.
    var changed: [Int: UInt8] = [:]
    /// Variables that were reset, with a line in the log.
    var reset: [String] = []
    var testDescription: String { name }
  }

  private static func copied(from old: Int, to new: Int, _ count: Int) -> [Int: UInt8] {
    .init(uniqueKeysWithValues: (0..<count).map { (new + $0, UInt8(0x80 + old + $0)) })
  }

  static let cases = [
    Case(name: "the same", changed: copied(from: 8, to: 8, 4)),
    Case(
      name: "moved to another place", new: [Variable(address: 20)],
      changed: copied(from: 8, to: 20, 4)),
    Case(
      name: "odd addresses", old: [Variable(address: 3, size: 7)],
      new: [Variable(address: 17, size: 7)], changed: copied(from: 3, to: 17, 7)),
    Case(
      name: "several in another order",
      old: [Variable(name: "a", address: 0), Variable(name: "b", layout: 2, address: 4, size: 8)],
      new: [Variable(name: "b", layout: 2, address: 16, size: 8), Variable(name: "a", address: 0)],
      changed: copied(from: 0, to: 0, 4).merging(copied(from: 4, to: 16, 8)) { old, _ in old }),
    Case(name: "new", old: [], new: [Variable()]),
    Case(name: "dropped", old: [Variable()], new: []),
    Case(name: "renamed", new: [Variable(name: "counter")]),
    Case(name: "another layout", new: [Variable(layout: 2)], reset: ["count"]),
    Case(name: "another size", new: [Variable(size: 8)], reset: ["count"]),
    Case(
      name: "one of two", old: [Variable(), Variable(name: "mode", address: 16)],
      new: [Variable(layout: 2), Variable(name: "mode", address: 16)],
      changed: copied(from: 16, to: 16, 4), reset: ["count"]),
    Case(
      name: "migrated", new: [Variable(size: 8)], migrates: true, changed: [8: 0xEE]),
    Case(
      name: "not migrated", new: [Variable(layout: 2)], migrates: false, reset: ["count"]),
    Case(name: "nothing to migrate", migrates: false, changed: copied(from: 8, to: 8, 4)),
  ]

  @Test(arguments: TestBench.chips, cases)
  func aReloadCarriesValuesOver(chip: Chip, _ test: Case) throws {
    let bench = TestBench(chip: chip)
    let memory = bench.device.memory
    bench.device.code.migration = { _, migration in
      if test.migrates == true { memory.setByte(0xEE, at: migration.variable) }
      return test.migrates == true
    }
    try load(test.old, version: 1, in: bench)
    try overwrite(bench)
    let lines = bench.device.system.lines.count
    try load(test.new, version: 2, isHooked: test.migrates != nil, in: bench)

    let expected = (0..<32).map { test.changed[$0] ?? UInt8($0) }
    #expect(try data(of: bench) == expected)
    let logged = bench.device.system.lines.dropFirst(lines)
    #expect(
      logged.elementsEqual(
        test.reset.map { "kept variable '\($0)' starts anew: its size or layout has changed" }))
  }

  @Test func migrationIsToldBothPlacesBeforeTheConstructorsRun() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    let old = try #require(bench.running?.block)
    bench.device.code.migration = { _, _ in true }
    try load([Variable(address: 16, size: 8)], version: 2, isHooked: true, in: bench)
    let new = try #require(bench.running?.block)
    let migration = Migration(
      variable: new.dataAddress + 16, size: 8, oldValue: old.dataAddress + 8, oldSize: 4)
    #expect(
      bench.device.code.calls.map(\.call) == [
        .migrate(migration), .construct, .load(.replacement),
      ])
  }

  @Test func aRefusedReloadLosesNothing() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    try overwrite(bench)
    let before = try data(of: bench)
    bench.refuse(version: 2, with: 1)
    #expect(throws: RuntimeError.refused(1)) {
      try load([Variable(layout: 2)], version: 2, isHooked: true, in: bench)
    }
    #expect(try data(of: bench) == before)
    #expect(!bench.device.system.lines.contains { $0.contains("starts anew") })
    try load([Variable()], version: 3, in: bench)
    #expect(try data(of: bench)[8..<12] == [0x88, 0x89, 0x8A, 0x8B], "and can be kept later")
  }

  @Test func aValueLivesThroughManyReloads() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    try overwrite(bench)
    for version: UInt8 in 2...5 {
      try load([Variable(address: UInt32(version) * 4)], version: version, in: bench)
    }
    #expect(try data(of: bench)[20..<24] == [0x88, 0x89, 0x8A, 0x8B])
  }

  @Test func aResetVariableIsKeptFromThenOn() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    try load([Variable(layout: 2)], version: 2, in: bench)
    try overwrite(bench)
    try load([Variable(layout: 2)], version: 3, in: bench)
    #expect(try data(of: bench)[8..<12] == [0x88, 0x89, 0x8A, 0x8B])
  }

  @Test func aNameThatIsGoneByThenIsSaidAndSoIsTheReset() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    let image = bench.hookedModule(version: 2) { change(&$0, [Variable(layout: 2)], in: bench) }
    let name = try #require(image.firstRange(of: Array("count".utf8) + [0]))
    // Safety: freed at the end of the test, after the load that reads it.
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: image.count, alignment: 8)
    defer { unsafe buffer.deallocate() }
    unsafe buffer.copyBytes(from: image)
    // The application's buffer, which its own module overwrites while it comes.
    let letters = Array(repeating: UInt8(ascii: "A"), count: image.count - name.lowerBound)
    bench.device.code.observer = { call in
      if call == .load(.replacement) { unsafe buffer[name.lowerBound...].copyBytes(from: letters) }
    }
    try bench.device.runtime.load(
      unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(buffer)))
    #expect(
      bench.device.system.lines.suffix(2) == [
        "the name of a kept variable, at offset 0x00000000, is missing or has no end",
        "kept variable '' starts anew: its size or layout has changed",
      ])
  }

  @Test func unloadForgets() throws {
    let bench = TestBench()
    try load([Variable()], version: 1, in: bench)
    try overwrite(bench)
    try bench.device.runtime.unload()
    try load([Variable()], version: 2, in: bench)
    #expect(try data(of: bench) == Array(0..<32))
  }

  @Test(arguments: TestBench.chips, [8, 12] as [UInt32])
  func aRecordThatTheOldModuleSpoiltIsNotFollowed(chip: Chip, field: UInt32) throws {
    let bench = TestBench(chip: chip)
    try load([Variable()], version: 1, in: bench)
    let block = try #require(bench.running?.block)
    // Name, layout, address, size: behind the code, or in front of it where it is linked apart.
    let record = block.dataAddress + (chip.instructionSet == .xtensa ? 0x20 : 0x40)
    bench.device.memory.setWord(0xFFFF_FFF0, at: record + field)
    try load([Variable()], version: 2, isHooked: true, in: bench)
    #expect(try data(of: bench) == Array(0..<32))
    #expect(bench.device.system.lines.contains { $0.contains("'count' starts anew") })
  }

  /// Loads a module with 32 bytes of data, 0, 1, …, and these kept variables.
  private func load(
    _ variables: [Variable], version: UInt8, isHooked: Bool = false, in bench: TestBench
  ) throws {
    try bench.store(
      isHooked
        ? bench.hookedModule(version: version) { change(&$0, variables, in: bench) }
        : bench.module(version: version) { change(&$0, variables, in: bench) })
    try bench.load()
  }

  /// Gives a module 32 bytes of data, 0, 1, …, and these kept variables.
  private func change(
    _ builder: inout PackedImageBuilder, _ variables: [Variable], in bench: TestBench
  ) {
    builder.segments[0].bytes = Array(0..<32)
    builder.segments[0].zeros = 0
    builder.relative = []
    builder.codeRelative = []
    for variable in variables {
      let name = UInt32(builder.keptNames.count)
      builder.kept += [name, variable.layout, bench.dataAddress + variable.address, variable.size]
      builder.keptNames += Array(variable.name.utf8) + [0]
    }
    while builder.keptNames.count % 4 != 0 { builder.keptNames.append(0) }
  }

  /// Makes the running module's data 0x80, 0x81, ….
  private func overwrite(_ bench: TestBench) throws {
    let block = try #require(bench.running?.block)
    for index in 0..<32 as Range<UInt32> {
      bench.device.memory.setByte(UInt8(0x80 + index), at: block.dataAddress + index)
    }
  }

  private func data(of bench: TestBench) throws -> [UInt8] {
    let block = try #require(bench.running?.block)
    return (0..<32).map { bench.device.memory.byte(at: block.dataAddress + $0) }
  }
}
