/// A line of assembly as llc writes it for Xtensa: a label, or an operation with operands.
struct AssemblyLine {
  /// All of it.
  let bytes: TextSlice
  /// A directive (`.long`) or an instruction (`l32r`); empty for labels and empty lines.
  let operation: TextSlice
  /// What stands behind the operation, without blanks around it.
  let arguments: TextSlice

  private static let blank = ByteSet(" \t")
  private static let word = blank.inverted

  init(_ bytes: TextSlice) {
    self.bytes = bytes
    let start = bytes.end(of: Self.blank)
    // Labels begin at the margin, all else does not.
    let text = start > bytes.startIndex ? bytes[start...] : []
    operation = text[..<text.end(of: Self.word)]
    arguments = Self.trimmed(text[operation.endIndex...])
  }

  /// The arguments apart. Not for directives with strings.
  var operands: [TextSlice] {
    var operands: [TextSlice] = []
    var rest = arguments
    while let comma = rest.position(of: UInt8(ascii: ",")) {
      operands.append(Self.trimmed(rest[..<comma]))
      rest = rest[(comma + 1)...]
    }
    operands.append(Self.trimmed(rest))
    return operands
  }

  /// The label that the line defines, nil if it defines none.
  var label: TextSlice? {
    guard operation.isEmpty, bytes.last == UInt8(ascii: ":") else { return nil }
    return bytes.dropLast()
  }

  /// Whether what follows goes into another section.
  var isSectionSwitch: Bool {
    operation.begins(with: ".section") || operation.begins(with: ".text")
  }

  /// Whether a `.section` holds code, by its flags: `name,"ax",@progbits`. The name may be quoted, the flags always are.
  var isCodeSection: Bool {
    var rest = arguments
    if rest.first == UInt8(ascii: "\"") {
      rest = rest.dropFirst()
      rest = rest[(rest.position(of: UInt8(ascii: "\"")) ?? rest.endIndex)...].dropFirst()
    }
    guard let quote = rest.position(of: UInt8(ascii: "\"")) else { return false }
    let flags = rest[(quote + 1)...]
    let end = flags.position(of: UInt8(ascii: "\"")) ?? flags.endIndex
    return flags[..<end].position(of: UInt8(ascii: "x")) != nil
  }

  private static func trimmed(_ text: TextSlice) -> TextSlice {
    var text = text[text.end(of: blank)...]
    while let last = text.last, blank.contains(last) { text.removeLast() }
    return text
  }
}
