import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// What on a stack shows that a call has to return into a module, and what is left of an earlier one (FEATURES B21).
@Suite struct ReturnAddressTests {
  /// An instruction, and whether it is a call.
  struct Instruction: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The window increment that a call leaves in the upper two bits; nil if it leaves the address as it is.
    var increment: UInt32?
    var isXtensa = false
    var testDescription: String { name }

    static func riscv(_ name: String, _ word: UInt32, size: Int = 4) -> Instruction {
      Instruction(name: name, bytes: (0..<size).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) })
    }

    static func xtensa(_ name: String, _ word: UInt32, _ increment: UInt32?) -> Instruction {
      Instruction(
        name: name, bytes: (0..<3).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) },
        increment: increment, isXtensa: true)
    }

    /// What is on the stack of a task that returns to `address`.
    func word(for address: UInt32) -> UInt32 {
      increment.map { address & 0x3FFF_FFFF | $0 << 30 } ?? address
    }
  }

  static let calls: [Instruction] = [
    .riscv("jal ra", 0x0000_00EF), .riscv("jal ra, far", 0xFFFF_F0EF),
    .riscv("jal t0", 0x0000_02EF), .riscv("jalr ra, a0", 0x0005_00E7),
    .riscv("jalr ra, -1(t6)", 0xFFFF_80E7), .riscv("jalr t0, a0", 0x0005_02E7),
    .riscv("c.jal", 0x2001, size: 2), .riscv("c.jal, far", 0x3FFD, size: 2),
    .riscv("c.jalr a0", 0x9502, size: 2), .riscv("c.jalr ra", 0x9082, size: 2),
    .riscv("c.jalr t6", 0x9F82, size: 2),
    .xtensa("call4", 0x000015, 1), .xtensa("call8", 0x000025, 2), .xtensa("call12", 0x000035, 3),
    .xtensa("call8, far", 0xFFFFE5, 2), .xtensa("callx4 a2", 0x0002D0, 1),
    .xtensa("callx8 a8", 0x0008E0, 2), .xtensa("callx12 a15", 0x000FF0, 3),
    .xtensa("call0", 0x000005, nil), .xtensa("callx0 a3", 0x0003C0, nil),
  ]

  static let others: [Instruction] = [
    .riscv("j", 0x0000_006F), .riscv("jal a0", 0x0000_056F), .riscv("jr a0", 0x0005_0067),
    .riscv("jalr a0, a0", 0x0005_0567), .riscv("no jalr", 0x0005_10E7),
    .riscv("c.j", 0xA001, size: 2), .riscv("c.jr a0", 0x8502, size: 2),
    .riscv("c.ebreak", 0x9002, size: 2), .riscv("c.add a0, a0", 0x952A, size: 2),
    .xtensa("call8, but the word of call4", 0x000025, 1),
    .xtensa("call8, but a plain address", 0x000025, nil),
    .xtensa("callx8, but the word of call12", 0x0008E0, 3),
    .xtensa("call0, but the word of call8", 0x000005, 2),
    .xtensa("retw", 0x000090, 2), .xtensa("jx a2", 0x0002A0, 2), .xtensa("no callx8", 0x1008E0, 2),
    .xtensa("l32r a2", 0x000021, 2),
  ]

  /// The size of the module's code.
  private static let codeSize = 32

  private static func chips(for instruction: Instruction) -> [Chip] {
    instruction.isXtensa ? [.esp32, .esp32s2, .esp32s3] : [.esp32c6, .esp32c3]
  }

  /// A device that runs a module with the instruction at `offset` of its code, and holds another one.
  private func bench(_ chip: Chip, _ bytes: [UInt8], at offset: Int) throws -> TestBench {
    let bench = TestBench(chip: chip)
    try bench.store(
      bench.module(version: 1) { builder in
        builder.segments[1].bytes = [UInt8](repeating: 0x13, count: Self.codeSize)
        builder.segments[1].bytes.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        builder.codeRelative = []
        if chip.instructionSet == .xtensa { builder.relative = [PackedImageBuilder.xtensaData] }
      })
    try bench.load()
    try bench.store(bench.module(version: 2))
    bench.device.firmware.safePoint = .refuse
    return bench
  }

  /// Where the instruction is: first, last, and at every alignment between.
  private static func offsets(of instruction: Instruction) -> [Int] {
    let step = instruction.isXtensa ? 1 : 2
    let last = codeSize - instruction.bytes.count
    return Array(stride(from: 0, through: 8, by: step)) + [last]
  }

  @Test(arguments: calls)
  func aReturnAddressOnAStackBlocks(_ call: Instruction) throws {
    for chip in Self.chips(for: call) {
      for offset in Self.offsets(of: call) {
        let bench = try bench(chip, call.bytes, at: offset)
        let address = try #require(bench.table["greet"]) + UInt32(offset + call.bytes.count)
        bench.device.tasks.tasks = [
          .init("worker", stack: [7, call.word(for: address), 7])
        ]
        #expect(throws: RuntimeError.unsafePoint, "\(chip.name), offset \(offset)") {
          try bench.load()
        }
        let end = offset + call.bytes.count
        let place = end < 16 ? "greet+0x" + hex(end) : "init+0x" + hex(end - 16)
        #expect(bench.device.system.lines.last == "task worker is inside \(place)", "\(chip.name)")
      }
    }
  }

  @Test(arguments: others)
  func anAddressBehindAnythingElseIsStale(_ other: Instruction) throws {
    for chip in Self.chips(for: other) {
      for offset in Self.offsets(of: other) {
        let bench = try bench(chip, other.bytes, at: offset)
        let address = try #require(bench.table["greet"]) + UInt32(offset + other.bytes.count)
        bench.device.tasks.tasks = [
          .init("worker", stack: [other.word(for: address)])
        ]
        try bench.load()
        #expect(bench.runningVersion == 2, "\(chip.name), offset \(offset)")
      }
    }
  }

  /// Not even a word that points to every byte in turn: it stays on the stack for as long as the task waits.
  @Test(arguments: TestBench.chips)
  func aStaleWordDoesNotBlockForEver(chip: Chip) throws {
    let bench = try bench(chip, [], at: 0)
    let start = try #require(bench.table["greet"])
    bench.device.tasks.tasks = [
      .init("worker", stack: (0...UInt32(Self.codeSize) + 4).map { start - 2 + $0 })
    ]
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test(
    arguments: TestBench.chips + [.esp32c3],
    [(-1, false), (0, true), (1, true), (31, true), (32, false)])
  func anyAddressOfTheCodeInARegisterBlocks(chip: Chip, place: (offset: Int, isInside: Bool)) throws
  {
    let isXtensa = chip.instructionSet == .xtensa
    for top in isXtensa ? [0, 1, 2, 3] as [UInt32] : [chip.instructionBus.start >> 30] {
      let bench = try bench(chip, [], at: 0)
      let address =
        try #require(bench.table["greet"]) &+ UInt32(truncatingIfNeeded: place.offset)
      let word = address & 0x3FFF_FFFF | top << 30
      bench.device.tasks.tasks = [.init("worker", registers: [7, word, 7])]
      do throws(RuntimeError) { try bench.device.runtime.load(from: bench.label) } catch {
        #expect(error == .unsafePoint)
      }
      #expect(bench.runningVersion == (place.isInside ? 1 : 2), "upper bits \(top)")
    }
  }

  private func hex(_ number: Int) -> String { String(number, radix: 16) }
}
