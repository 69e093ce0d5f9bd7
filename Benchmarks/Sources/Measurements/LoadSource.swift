/// A `LoadShape` in assembly, for linkers: what `LoadImage` makes without one. The functions have the names of those
/// of Benchmarks/Firmware/modules/short.c.
package enum LoadSource {
  private static let functionCount = 64

  package static func riscv(_ shape: LoadShape) -> String {
    let dataSize = max(shape.bytes / 2, shape.fixups * LoadShape.bytesPerFixup + 64) & ~15
    let codeSize = (shape.bytes - dataSize) & ~15
    return ".option norvc\n.text\n"
      + functions { "\($0): ret\n" }
      + ".fill \(codeSize / 4 - functionCount), 4, 0x13\n"
      + data(words(shape.fixups) { "base + \($0 % 256)" }, size: dataSize)
  }

  /// A tenth of the fixups are literals, which the linker puts before the functions. Literals and data point into the data
  /// and the code by turns. No L32R reads the literals: that would be one relocation more for each.
  package static func xtensa(_ shape: LoadShape) -> String {
    let literals = shape.fixups / 10
    let pointers = shape.fixups - literals
    // ENTRY has to lie at a multiple of 4: 8 bytes a function.
    let leastCodeSize = 8 * functionCount + literals * LoadShape.bytesPerFixup
    let half = max(shape.bytes / 2, pointers * LoadShape.bytesPerFixup + 64) & ~15
    let codeSize = max(shape.bytes - half, leastCodeSize + 15) & ~15
    func target(_ index: Int) -> String {
      "\(index.isMultiple(of: 2) ? "base" : ".Lcode") + \(index % 256)"
    }
    let literalWords = words(literals, target)
    return ".text\n.Lcode:\n"
      // A directive for a literal.
      + literalWords.enumerated().map { ".literal .L\($0), \($1)\n" }.joined()
      + functions { ".align 4\n\($0): entry a1, 32\nretw\n" }
      // NOP.N twice.
      + ".align 4\n.fill \(codeSize / 4 - 2 * functionCount - literalWords.count), 4, 0xF03DF03D\n"
      + data(words(pointers, target), size: shape.bytes - codeSize)
  }

  private static func functions(_ definition: (_ name: String) -> String) -> String {
    (0..<functionCount).map { index in
      let name = "s\(index / 8)\(index % 8)"
      return ".globl \(name)\n.type \(name), @function\n\(definition(name))"
    }.joined()
  }

  /// Pointers, 4, 8 and 12 bytes on, as often each, and what lies between them.
  private static func words(_ count: Int, _ pointer: (_ index: Int) -> String) -> [String] {
    (0..<count).flatMap { index in
      [pointer(index)] + Array(repeating: filler, count: index % 3)
    }
  }

  private static func data(_ words: [String], size: Int) -> String {
    ".data\n.balign 4\nbase:\n" + words.map { ".word \($0)\n" }.joined()
      + ".fill \(size / 4 - words.count), 4, \(filler)\n"
  }

  private static let filler = "0x12345679"
}
