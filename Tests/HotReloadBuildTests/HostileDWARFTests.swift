import HotReloadELF
import Testing

@testable import HotReloadBuild

/// Debug information is read without trust: whatever it is, the answer is variables or an error.
struct HostileDWARFTests {
  static let source = """
    #define KEEP __attribute__((used, section(".hotreload.keep")))
    struct node { struct node *next; unsigned low : 3; int grid[2][3]; };
    KEEP static struct node list;
    KEEP static enum { OFF, ON } mode;
    int run(void) { KEEP static int calls; return ++calls + mode; }
    """

  private func ranges(_ bytes: [UInt8]) throws -> [Range<Int>] {
    let file = try ELFFile(bytes.span.raw)
    var ranges: [Range<Int>] = []
    for name in [
      ".debug_info", ".debug_abbrev", ".debug_str", ".debug_line_str", ".debug_str_offsets",
      ".debug_addr",
    ] {
      guard let header = try file.section(named: Array(name.utf8).span) else { continue }
      ranges.append(Int(header.offset)..<Int(header.offset + header.byteCount))
    }
    return ranges
  }

  /// Zero, the beginning of a long number, and the largest byte.
  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"], [0x00, 0x80, 0xFF] as [UInt8])
  func `no byte can crash it`(version: String, value: UInt8) async throws {
    let whole = try await KeptFixture.link([Self.source], .c, ["-Os", version])
    try #require(try KeptFixture.state(whole).variables.count == 3)
    var read = 0
    for index in try ranges(whole).joined() where whole[index] != value {
      var bytes = whole
      bytes[index] = value
      if (try? KeptFixture.state(bytes)) != nil { read += 1 }
    }
    #expect(read > 0, "a line number can be anything")
  }

  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"])
  func `no end can crash it`(version: String) async throws {
    let whole = try await KeptFixture.link([Self.source], .c, ["-Os", version])
    let sections = try DebugSections(ELFFile(whole.span.raw), path: "module.so")
    for count in 1..<sections.information.count {
      var short = sections
      short.information.removeLast(sections.information.count - count)
      #expect(throws: DWARFError.self, "first \(count) bytes") { try DebugInformation(short) }
    }
    for count in 0..<sections.abbreviations.count {
      var short = sections
      short.abbreviations.removeLast(sections.abbreviations.count - count)
      #expect(throws: DWARFError.self, "first \(count) bytes") { try DebugInformation(short) }
    }
  }

  /// Entries by hand: `information` holds those of one unit, whose first one has the offset 12.
  private func sections(_ entries: [UInt8]) -> DebugSections {
    // Version 4, abbreviations at 0, addresses of 4 bytes; then a compile unit with children.
    let unit: [UInt8] = [4, 0, 0, 0, 0, 0, 4, 1] + entries + [0]
    return DebugSections(
      information: [UInt8(unit.count), 0, 0, 0] + unit,
      abbreviations: [
        1, 0x11, 1, 0, 0,  // DW_TAG_compile_unit with children
        2, 0x34, 0, 0x02, 0x18, 0x49, 0x13, 0x03, 0x08, 0, 0,  // variable: location, type, name
        3, 0x16, 0, 0x49, 0x13, 0, 0,  // typedef: type
        4, 0x13, 1, 0x0B, 0x0B, 0, 0,  // structure with children: size
        5, 0x0D, 0, 0x49, 0x13, 0x38, 0x0B, 0, 0,  // member: type, offset
        6, 0x0F, 0, 0x49, 0x13, 0, 0,  // pointer: type
        7, 0x34, 0, 0x02, 0x18, 0x47, 0x13, 0, 0,  // variable: location, specification
        0,
      ])
  }

  /// A variable "v" at address 16; its type follows, at offset 25.
  private static let variable: [UInt8] = [2, 5, 0x03, 16, 0, 0, 0, 25, 0, 0, 0, 0x76, 0]

  @Test(
    arguments: [
      ("a typedef of itself", variable + [3, 25, 0, 0, 0]),
      ("a structure in itself", variable + [4, 4, 5, 25, 0, 0, 0, 0, 0]),
      (
        "a structure with itself twice",
        variable + [4, 4, 5, 25, 0, 0, 0, 0, 5, 25, 0, 0, 0, 4, 0]
      ),
      ("a pointer to itself", variable + [6, 25, 0, 0, 0]),
      ("a variable that completes itself", [7, 5, 0x03, 16, 0, 0, 0, 12, 0, 0, 0]),
      ("a type that is a variable", variable + variable),
    ] as [(String, [UInt8])])
  func `circles end`(what: String, entries: [UInt8]) throws {
    let information = try DebugInformation(sections(entries))
    #expect(information.variables.first == 12)
    let entry = try information.entry(at: 12)
    #expect(try information.address(of: entry) == 16)
    #expect(throws: DWARFError.self) { try TypeLayoutReader.layout(of: entry, in: information) }
  }

  @Test func `what is no unit of 32-bit DWARF 4 or 5 is passed over, or refused`() throws {
    func units(_ bytes: [UInt8]) throws(DWARFError) -> Int {
      try DebugUnit.all(in: DebugSections(information: bytes, abbreviations: [0])).count
    }
    #expect(try units([8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 4, 0]) == 1)
    #expect(try units([8, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0]) == 0, "DWARF 3")
    #expect(try units([8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, 0]) == 0, "addresses of 8 bytes")
    #expect(try units([9, 0, 0, 0, 5, 0, 1, 4, 0, 0, 0, 0, 0]) == 1)
    #expect(try units([9, 0, 0, 0, 5, 0, 4, 4, 0, 0, 0, 0, 0]) == 0, "a skeleton of split DWARF")
    #expect(throws: DWARFError.self) {
      try units([0xFF, 0xFF, 0xFF, 0xFF, 8, 0, 0, 0, 0, 0, 0, 0])
    }
  }
}
