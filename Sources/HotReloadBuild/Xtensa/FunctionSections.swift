/// In which section each function of an assembly file is, as far as linkers put them beside each other: in `.text` and
/// `.text.…`.
struct FunctionSections {
  /// What the assembler begins with.
  static let standard = Array(".text".utf8)[...]

  private var sections: [TextSlice: TextSlice] = [:]

  init(_ assembly: [UInt8]) {
    var typed: Set<TextSlice> = []
    var section = Self.standard
    for bytes in TextLines(assembly) {
      let line = AssemblyLine(bytes)
      if line.isSectionSwitch {
        section = Self.name(line)
      } else if line.operation.begins(with: ".type") {
        let operands = line.operands
        if operands.count == 2, operands[1].begins(with: "@function") { typed.insert(operands[0]) }
      } else if let label = line.label, typed.contains(label), !Self.isRegister(label) {
        sections[label] = section
      }
    }
  }

  /// The section that a line switches to, as the line spells it.
  static func name(_ line: AssemblyLine) -> TextSlice {
    line.arguments.isEmpty ? standard : line.arguments
  }

  /// Whether `function` comes to lie near the code of another section, where nothing but the linker knows how near.
  func areNear(_ function: TextSlice, _ section: TextSlice) -> Bool {
    guard let other = sections[function], other != section else { return false }
    return Self.isOrdinary(other) && Self.isOrdinary(section)
  }

  private static func isOrdinary(_ section: TextSlice) -> Bool {
    section.begins(with: ".text") || section.begins(with: "\".text")
  }

  /// Whether the assembler would take the name for a register.
  private static func isRegister(_ name: TextSlice) -> Bool {
    name.elementsEqual("sp".utf8)
      || name.first == UInt8(ascii: "a") && UInt8(name.dropFirst().text).map { $0 < 16 } == true
  }
}
