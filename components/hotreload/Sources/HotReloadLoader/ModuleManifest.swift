import HotReloadPort

/// What the hotreload note of a packed image says (docs/MODULE-FORMAT.md).
public struct ModuleManifest: Sendable {
  /// The format version that this loader reads.
  public static let version: UInt16 = 1
  /// Bytes before the tables in version 1.
  public static let size: UInt32 = 108

  /// The format version.
  public let version: UInt16
  /// What else a reader has to know; 0.
  public let flags: UInt16
  /// Bytes before the tables, at least `size`.
  public let headerSize: UInt16
  /// The chip it was built for: ESP-IDF's `esp_chip_id_t`.
  public let chip: UInt16
  /// Distance from data bus to instruction bus that the module was linked for.
  public let executableOffset: UInt32
  /// The firmware whose addresses are bound in.
  public let firmwareID: BuildID
  /// SHA-256 of the image with this field and the sequence zero.
  public let moduleID: BuildID
  /// FNV-1a of the names of the exports.
  public let namesHash: UInt32
  /// Milliseconds since 1970 at pack.
  public let sequence: UInt64
  /// Number of exports.
  public let exportCount: UInt32
  /// RELR words whose targets lie in the data region.
  public let relativeWordCount: UInt32
  /// Fixups of words at odd addresses, likewise.
  public let oddFixupCount: UInt32
  /// RELR words whose targets lie in the code region.
  public let codeRelativeWordCount: UInt32
  /// Fixups of words at odd addresses, likewise.
  public let codeOddFixupCount: UInt32
}
