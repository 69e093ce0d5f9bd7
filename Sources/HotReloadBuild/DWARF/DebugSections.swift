import HotReloadELF

/// The sections of a linked file that hold debug information. Those that are missing are empty.
struct DebugSections: Sendable {
  /// `.debug_info`.
  var information: [UInt8] = []
  /// `.debug_abbrev`.
  var abbreviations: [UInt8] = []
  /// `.debug_str`.
  var strings: [UInt8] = []
  /// `.debug_line_str`.
  var lineStrings: [UInt8] = []
  /// `.debug_str_offsets`.
  var stringOffsets: [UInt8] = []
  /// `.debug_addr`.
  var addresses: [UInt8] = []
}

extension DebugSections {
  /// Copies the sections out of a file.
  ///
  /// - Throws: `malformedELF`; `badDebugInformation` if one of them is compressed.
  init(_ file: borrowing ELFFile, path: String) throws(BuildFailure) {
    information = try Self.contents(".debug_info", file, path)
    abbreviations = try Self.contents(".debug_abbrev", file, path)
    strings = try Self.contents(".debug_str", file, path)
    lineStrings = try Self.contents(".debug_line_str", file, path)
    stringOffsets = try Self.contents(".debug_str_offsets", file, path)
    addresses = try Self.contents(".debug_addr", file, path)
  }

  private static func contents(
    _ name: String, _ file: borrowing ELFFile, _ path: String
  ) throws(BuildFailure) -> [UInt8] {
    do throws(ELFError) {
      guard let header = try file.section(named: Array(name.utf8).span) else { return [] }
      if header.flags.rawValue & compressed == 0 { return try file.contents(of: header).array }
    } catch {
      throw .malformed(path, error)
    }
    throw .badDebugInformation(path, .compressed(name))
  }

  /// `SHF_COMPRESSED` (gABI, "Section Attribute Flags").
  private static let compressed: UInt32 = 0x800
}

extension BuildFailure {
  /// Debug information that is needed and cannot be read.
  static func badDebugInformation(_ path: String, _ error: DWARFError) -> BuildFailure {
    BuildFailure(
      .buildFailed, .badDebugInformation, "\(path): debug information: \(error)", hint: error.hint)
  }
}
