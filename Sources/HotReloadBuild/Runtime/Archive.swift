import HotReloadELF

/// Files in one, as GNU's `ar` puts them together, and as linkers for ELF read them (System V's format).
struct Archive {
  /// A file in it.
  struct Member: Equatable {
    /// At most 15 bytes.
    var name: String
    var bytes: [UInt8]
  }

  private static let magic = Array("!<arch>\n".utf8)
  /// `struct ar_hdr`: name 16, time 12, owner 6, group 6, mode 8, size 10, end 2.
  private static let headerSize = 60

  /// In the order of the file; without the table of symbols and that of long names.
  var members: [Member]

  init(members: [Member]) { self.members = members }

  /// Reads an archive.
  ///
  /// - Parameter path: names it in messages.
  /// - Throws: `malformedArchive`.
  init(_ bytes: [UInt8], path: String) throws(BuildFailure) {
    members = try Self.contents(of: bytes, path: path).map { content in
      Member(name: content.name, bytes: Array(bytes[content.range]))
    }
  }

  /// Whether `bytes` begin as an archive does.
  static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// Names of the members, as their headers have them, and where in `bytes` their contents are.
  ///
  /// - Parameter path: names the archive in messages.
  /// - Throws: `malformedArchive`.
  static func contents(
    of bytes: [UInt8], path: String
  ) throws(BuildFailure) -> [(name: String, range: Range<Int>)] {
    guard isArchive(bytes) else { throw malformed(path, "it does not begin as one") }
    var contents: [(name: String, range: Range<Int>)] = []
    var rest = bytes[magic.count...]
    while !rest.isEmpty {
      let header = rest.prefix(headerSize)
      let digits = header.dropFirst(48).prefix(10)
      guard header.count == headerSize, header.suffix(2) == [0x60, 0x0A],
        let size = Int(text(digits)), size >= 0, size <= rest.count - headerSize
      else { throw malformed(path, "member \(contents.count + 1) has no header") }
      let start = rest.startIndex + headerSize
      let name = text(header.prefix(16))
      if !["/", "//"].contains(name) { contents.append((name, start..<start + size)) }
      // Members begin at even offsets.
      rest = rest.dropFirst(headerSize + size + size % 2)
    }
    return contents
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
  }

  private static func malformed(_ path: String, _ problem: String) -> BuildFailure {
    BuildFailure(
      .other, .malformedArchive, "\(path) is no archive: \(problem)",
      hint: "make it again: hotreload compile-runtime")
  }

  /// The archive with the table of symbols that linkers search. Nothing in it depends on when and by whom it was
  /// made.
  ///
  /// - Throws: `malformedELF` for a member that is no object file.
  func encoded() throws(BuildFailure) -> [UInt8] {
    var symbols: [(name: String, member: Int)] = []
    for (index, member) in members.enumerated() {
      for name in try Self.definitions(in: member) { symbols.append((name, index)) }
    }
    let names: [UInt8] = symbols.flatMap { Array($0.name.utf8) + [0] }
    let tableSize = 4 + 4 * symbols.count + names.count
    var offsets: [Int] = []
    var offset = Self.magic.count + Self.headerSize + tableSize + tableSize % 2
    for member in members {
      offsets.append(offset)
      offset += Self.headerSize + member.bytes.count + member.bytes.count % 2
    }
    var table = Self.bigEndian(symbols.count)
    for symbol in symbols { table += Self.bigEndian(offsets[symbol.member]) }
    var bytes = Self.magic
    Self.append(Member(name: "/", bytes: table + names), to: &bytes)
    for member in members {
      Self.append(Member(name: "\(member.name)/", bytes: member.bytes), to: &bytes)
    }
    return bytes
  }

  private static func append(_ member: Member, to bytes: inout [UInt8]) {
    func field(_ text: String, _ width: Int) -> [UInt8] {
      Array(text.utf8.prefix(width))
        + [UInt8](repeating: UInt8(ascii: " "), count: max(width - text.utf8.count, 0))
    }
    bytes += field(member.name, 16) + field("0", 12) + field("0", 6) + field("0", 6)
    bytes += field("644", 8) + field("\(member.bytes.count)", 10) + [0x60, 0x0A] + member.bytes
    if member.bytes.count % 2 != 0 { bytes.append(0x0A) }
  }

  /// Names of the symbols that other files may use.
  private static func definitions(in member: Member) throws(BuildFailure) -> [String] {
    do throws(ELFError) {
      return try ELFFile(member.bytes.span.raw).namedSymbols(.symbolTable)
        .filter { $0.symbol.isDefined && $0.symbol.binding != .local }.map { $0.name }
    } catch {
      throw .malformed(member.name, error)
    }
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
