import HotReloadELF

/// What becomes of an object file that swiftc made before it goes where GNU tools read it.
enum SwiftObject {
  /// Sections that linkers are told to drop. `.swift_modhash`: a hash of the source, which changes with every comment.
  /// `.riscv.attributes`: LLVM names extensions there (`zca`, `zmmul`) that older GNU linkers refuse to know.
  private static let dropped: Set = [".swift_modhash", ".riscv.attributes"]

  /// `SHF_EXCLUDE`: in no linked file (GNU ld's and lld's extension of the gABI, "Section Attribute Flags").
  private static let exclude: UInt32 = 0x8000_0000

  /// The object file without what no firmware should hold.
  ///
  /// - Parameter path: names it in messages.
  /// - Throws: `malformedELF`.
  static func finished(_ bytes: [UInt8], path: String) throws(BuildFailure) -> [UInt8] {
    var sections: [(header: Int, content: Range<Int>)] = []
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      for index in 0..<(try file.sectionCount) {
        let header = try file.sectionHeader(at: index)
        guard dropped.contains(try file.name(of: header).text) else { continue }
        let content =
          Int(header.offset)..<Int(header.offset) + Int(try file.contents(of: header).count)
        let offset = file.header.sectionHeaderOffset + UInt32(index) * SectionHeader.size
        sections.append((Int(offset), content))
      }
    } catch {
      throw .malformed(path, error)
    }
    var result = bytes
    for section in sections {
      // sh_type and sh_flags follow sh_name.
      put(SectionType.programBits.rawValue, at: section.header + 4, in: &result)
      put(exclude, at: section.header + 8, in: &result)
      for offset in section.content { result[offset] = 0 }
    }
    return result
  }

  private static func put(_ value: UInt32, at offset: Int, in bytes: inout [UInt8]) {
    for byte in 0..<4 {
      bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
    }
  }
}
