import HotReloadELF
import HotReloadPort

/// What the hotreload note of a packed image says (docs/MODULE-FORMAT.md).
public struct ModuleManifest: Sendable {
  /// The format version that this loader reads.
  public static let version: UInt16 = 1
  /// Bytes before the tables in version 1.
  public static let size: UInt32 = 108

  /// The bytes before the tables, as little-endian words.
  private var words: InlineArray<27, UInt32> = .init(repeating: 0)
  /// Milliseconds since 1970 at pack.
  public let sequence: UInt64

  /// Copies the head of the note's descriptor; throws `outOfBounds`. `check` says whether it makes sense.
  init(_ descriptor: borrowing ByteView) throws(ELFError) {
    sequence = try descriptor.doubleWord(at: 80)
    for index in words.indices {
      words[index] = try descriptor.word(at: UInt32(truncatingIfNeeded: index) &* 4)
    }
  }

  /// The format version.
  public var version: UInt16 { UInt16(truncatingIfNeeded: words[0]) }
  /// Bytes before the tables, at least `size`.
  public var headerSize: UInt16 { UInt16(truncatingIfNeeded: words[0] >> 16) }
  /// The chip it was built for: ESP-IDF's `esp_chip_id_t`.
  public var chip: UInt16 { UInt16(truncatingIfNeeded: words[1]) }
  /// What else a reader has to know; 0.
  public var flags: UInt16 { UInt16(truncatingIfNeeded: words[1] >> 16) }
  /// Distance from data bus to instruction bus that the module was linked for.
  public var executableOffset: UInt32 { words[2] }
  /// The firmware whose addresses are bound in.
  public var firmwareID: BuildID { buildID(at: 3) }
  /// SHA-256 of the image with this field and the sequence zero.
  public var moduleID: BuildID { buildID(at: 11) }
  /// FNV-1a of the names of the exports.
  public var namesHash: UInt32 { words[19] }
  /// Number of exports.
  public var exportCount: UInt32 { words[22] }
  /// RELR words whose targets lie in the data region.
  public var relativeWordCount: UInt32 { words[23] }
  /// Fixups of words at odd addresses, likewise.
  public var oddFixupCount: UInt32 { words[24] }
  /// RELR words whose targets lie in the code region.
  public var codeRelativeWordCount: UInt32 { words[25] }
  /// Fixups of words at odd addresses, likewise.
  public var codeOddFixupCount: UInt32 { words[26] }

  private func buildID(at first: Int) -> BuildID {
    var bytes: InlineArray<32, UInt8> = .init(repeating: 0)
    for index in bytes.indices {
      let word = words[first &+ index / 4]
      bytes[index] = UInt8(truncatingIfNeeded: word &>> UInt32(truncatingIfNeeded: index % 4 * 8))
    }
    return BuildID(bytes: bytes)
  }

  /// Throws unless this loader can load what the note describes for `chip`: `unsupportedFormat`,
  /// `unsupportedFeatures`, `noteTooShort`, `wrongChip` or `codeFixups`.
  func check(_ chip: Chip) throws(LoaderError) {
    guard version == Self.version else { throw .unsupportedFormat(version: version) }
    guard flags == 0 else { throw .unsupportedFeatures(flags: flags) }
    guard UInt32(headerSize) >= Self.size else { throw .noteTooShort(UInt32(headerSize)) }
    guard self.chip == chip.id else { throw .wrongChip(found: self.chip, expected: chip.id) }
    let codeFixups = codeRelativeWordCount | codeOddFixupCount
    guard codeFixups == 0 else { throw .codeFixups(codeFixups) }
  }
}
