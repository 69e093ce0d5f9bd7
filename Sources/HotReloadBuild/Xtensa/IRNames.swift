/// Gives plain names to what has odd ones: LLVM's assembly printer for Xtensa does not quote names in literal pools, so
/// that `.str.14.Content-Length` reads as a difference.
///
/// Private functions become internal ones: LLVM 22 gives their definitions the prefix of private names (`.L`), but
/// calls them without it (`XtensaISelLowering.cpp`, `LowerCall`: `GV->getName()` in the pool). Internal
/// functions have no prefix, and no other file sees them either.
struct IRNames {
  /// Odd names of which no other file knows, as the code spells them.
  private let local: Set<TextSlice>
  /// Which name became which.
  private var renamed: [TextSlice: [UInt8]] = [:]

  /// The code with plain names for everything that only this file can see.
  ///
  /// - Throws: `notForXtensa` for an odd name that other files may know.
  static func plain(_ ir: [UInt8]) throws(BuildFailure) -> [UInt8] {
    var names = IRNames(local: localDefinitions(ir))
    var result: [UInt8] = []
    result.reserveCapacity(ir.count)
    for var line in TextLines(ir) {
      if line.begins(with: privateFunction) {
        result += internalFunction
        line = line.dropFirst(privateFunction.utf8CodeUnitCount)
      }
      if line.position(of: UInt8(ascii: "@")) == nil {
        result += line
      } else {
        try names.append(line, to: &result)
      }
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  private static let privateFunction: StaticString = "define private "
  private static let internalFunction = Array("define internal ".utf8)

  private init(local: Set<TextSlice>) { self.local = local }

  private mutating func append(
    _ line: TextSlice, to result: inout [UInt8]
  ) throws(BuildFailure) {
    var scanner = IRScanner(line)
    while let token = scanner.next() {
      switch token {
      case .global(let name, let bytes):
        if let plain = try plain(name) {
          result.append(UInt8(ascii: "@"))
          result += plain
        } else {
          result += bytes
        }
      case .string(let bytes), .other(let bytes): result += bytes
      }
    }
  }

  private static let plainBytes = ByteSet.alphanumeric.union("_$.")

  private static func isPlain(_ name: TextSlice) -> Bool {
    name.end(of: plainBytes) == name.endIndex
  }

  /// Nil if the name may stay.
  private mutating func plain(_ name: TextSlice) throws(BuildFailure) -> [UInt8]? {
    if Self.isPlain(name) { return nil }
    if let known = renamed[name] { return known }
    let plain: [UInt8]
    if local.contains(name) {
      // What the name was shows in map files; the number makes it one of its kind.
      plain =
        name.prefix(40).map { Self.plainBytes.contains($0) ? $0 : UInt8(ascii: "_") }
        + Array(".odd\(renamed.count)".utf8)
    } else if name.begins(with: #"\01"#), Self.isPlain(name.dropFirst(3)) {
      // LLVM's mark for names that get no prefix: ELF has none.
      plain = Array(name.dropFirst(3))
    } else {
      throw IRLimits.failure(
        "has the name '\(name.text)', which LLVM does not write correctly",
        hint: "use letters, digits and underscores in names that C sees")
    }
    renamed[name] = plain
    return plain
  }

  /// Odd names with private or internal linkage.
  private static func localDefinitions(_ ir: [UInt8]) -> Set<TextSlice> {
    var names: Set<TextSlice> = []
    for line in TextLines(ir) {
      let isVariable = line.first == UInt8(ascii: "@")
      guard isVariable || line.begins(with: "define ") else { continue }
      guard let name = IRScanner.firstName(in: line), !isPlain(name) else { continue }
      // `@name = private …`, `define private … @name(`
      let start =
        isVariable ? line[name.endIndex...].position(of: " = ").map { $0 + 3 } : line.startIndex + 7
      let linkage = line[(start ?? line.endIndex)...]
      if linkage.begins(with: "private ") || linkage.begins(with: "internal ") {
        names.insert(name)
      }
    }
    return names
  }
}
