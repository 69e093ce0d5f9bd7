/// Puts the constants that a function loads (`L32R`) into the function's own section, in front of it, each value once.
///
/// LLVM 22 writes them (`.literal`) before it switches to the section of the function, so that they would lie in the
/// section of the function before, or among constants: out of reach, or gone after `--gc-sections`. `L32R` reaches
/// backwards only, up to 256 KiB, and whole words.
///
/// The instruction itself is written as bytes and an expression: LLVM 22 calculates its distance from an address in a
/// fragment, its own pieces of a section, which need not begin at a whole word. Every 16 KiB of code the loads of some
/// function were off by a word.
struct LiteralPools {
  private var output: [UInt8] = []
  /// The pool that has been read and is yet to be written.
  private var pool: [(label: TextSlice, value: TextSlice)] = []
  private var section: TextSlice
  private var isCode = true
  /// The constants that have been written into the section: by which label each may be loaded.
  private var labels: [TextSlice: TextSlice] = [:]
  /// How many loads have been written.
  private var loads = 0

  /// The assembly with a pool in front of each function.
  ///
  /// - Throws: `notForXtensa` for a pool outside code, and for a constant that is not in its function's section.
  static func placed(_ assembly: [UInt8]) throws(BuildFailure) -> [UInt8] {
    var pools = LiteralPools(size: assembly.count)
    for line in TextLines(assembly) { try pools.take(AssemblyLine(line)) }
    guard pools.pool.isEmpty else { throw pools.misplaced("no code follows it") }
    return pools.output
  }

  private init(size: Int) {
    output.reserveCapacity(size)
    section = Array("\t.text".utf8)[...]
  }

  private mutating func take(_ line: AssemblyLine) throws(BuildFailure) {
    let operation = line.operation
    if operation.begins(with: ".literal") {
      if operation.begins(with: ".literal_position") { return }
      let operands = line.operands
      guard operands.count == 2 else {
        throw IRLimits.failure("has a constant that cannot be read, \(line.arguments.text)")
      }
      pool.append((operands[0], operands[1]))
    } else if line.isSectionSwitch {
      section = line.bytes
      isCode = operation.begins(with: ".text") || line.isCodeSection
      labels = [:]
      append(line.bytes)
    } else {
      if !pool.isEmpty, !line.bytes.isEmpty { try writePool() }
      if operation.begins(with: "l32r") { try writeLoad(line) } else { append(line.bytes) }
    }
  }

  private mutating func writePool() throws(BuildFailure) {
    guard isCode else { throw misplaced("it is in a section without code, \(section.text)") }
    var known: [TextSlice: TextSlice] = [:]
    append("\t.p2align\t2")
    for (label, value) in pool {
      if let earlier = known[value] {
        labels[label] = earlier
        continue
      }
      known[value] = label
      labels[label] = label
      append("\(label.text):\t.long\t\(value.text)")
    }
    pool = []
  }

  /// Xtensa ISA, L32R: op0 is 1, t the register, imm16 the distance in words from the next whole word behind the
  /// instruction's first byte, downwards: `((PC + 3) & ~3) + (-1 << 18 | imm16 << 2)`.
  private mutating func writeLoad(_ line: AssemblyLine) throws(BuildFailure) {
    let operands = line.operands
    guard operands.count == 2, let label = labels[operands[1]] else {
      throw IRLimits.failure("loads a constant that is not in its section, \(line.arguments.text)")
    }
    guard let register = Self.register(operands[0]) else {
      throw IRLimits.failure("loads a constant into no register, \(line.arguments.text)")
    }
    let here = ".Lload\(loads)"
    loads += 1
    append("\(here):\t.byte\t\(register << 4 | 1)")
    append("\t.short\t(0-((\(here)-\(label.text)+3)>>2))&0xffff")
  }

  /// The number of `a0` to `a15`; `sp` is `a1`.
  private static func register(_ name: TextSlice) -> Int? {
    if name.elementsEqual("sp".utf8) { return 1 }
    guard name.first == UInt8(ascii: "a"), let number = Int(name.dropFirst().text), number < 16
    else { return nil }
    return number
  }

  private mutating func append(_ line: TextSlice) {
    output += line
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ line: String) {
    output += line.utf8
    output.append(UInt8(ascii: "\n"))
  }

  private func misplaced(_ why: String) -> BuildFailure {
    IRLimits.failure(
      "has a pool of constants, from \(pool.first?.label.text ?? "nothing") on, that no function has: \(why)"
    )
  }
}
