import HotReloadELF
import HotReloadPort

/// What the hotreload note of a packed image says (docs/MODULE-FORMAT.md), read where it is.
public struct ModuleManifest: ~Escapable {
  /// The format version that this loader reads.
  public static let version: UInt16 = 1
  /// Bytes before the tables in version 1.
  public static let size: UInt32 = 120

  /// At least `size` bytes, and the tables behind them.
  let note: ByteView

  /// The head of the note's descriptor; throws `outOfBounds`. `check` says whether it makes sense.
  @_lifetime(copy descriptor)
  public init(_ descriptor: ByteView) throws(ELFError) {
    try descriptor.check(0, count: Self.size)
    note = descriptor
  }

  /// The format version.
  public var version: UInt16 { UInt16(truncatingIfNeeded: note.loadWord(0)) }
  /// Bytes before the tables, at least `size`.
  public var headerSize: UInt16 { UInt16(truncatingIfNeeded: note.loadWord(0) >> 16) }
  /// The chip it was built for: ESP-IDF's `esp_chip_id_t`.
  public var chip: UInt16 { UInt16(truncatingIfNeeded: note.loadWord(4)) }
  /// What else a reader has to know; 0.
  public var flags: UInt16 { UInt16(truncatingIfNeeded: note.loadWord(4) >> 16) }
  /// Distance from data bus to instruction bus that the module was linked for.
  public var executableOffset: UInt32 { note.loadWord(8) }
  /// The firmware whose addresses are bound in.
  public var firmwareID: BuildID { buildID(at: 12) }
  /// SHA-256 of the image with this field and the sequence zero.
  public var moduleID: BuildID { buildID(at: 44) }
  /// FNV-1a of the names of the exports.
  public var namesHash: UInt32 { note.loadWord(76) }
  /// Milliseconds since 1970 at pack.
  public var sequence: UInt64 { note.loadDoubleWord(80) }
  /// Number of exports.
  public var exportCount: UInt32 { note.loadWord(88) }
  /// RELR words whose targets lie in the data region.
  public var relativeWordCount: UInt32 { note.loadWord(92) }
  /// Fixups of words at odd addresses, likewise.
  public var oddFixupCount: UInt32 { note.loadWord(96) }
  /// RELR words whose targets lie in the code region.
  public var codeRelativeWordCount: UInt32 { note.loadWord(100) }
  /// Fixups of words at odd addresses, likewise.
  public var codeOddFixupCount: UInt32 { note.loadWord(104) }
  /// Virtual address of the lifecycle function, 0 if there is none.
  public var lifecycle: UInt32 { note.loadWord(108) }
  /// Number of kept variables.
  public var keptCount: UInt32 { note.loadWord(112) }
  /// Bytes of their names, a multiple of 4.
  public var keptNamesSize: UInt32 { note.loadWord(116) }

  @inline(never)
  private func buildID(at offset: UInt32) -> BuildID {
    var id = BuildID(bytes: .init(repeating: 0))
    for index in id.bytes.indices {
      id.bytes[index] = note.loadByte(offset &+ UInt32(truncatingIfNeeded: index))
    }
    return id
  }

  /// Throws unless this loader can load what the note describes for `chip`: `unsupportedFormat`,
  /// `unsupportedFeatures`, `noteTooShort`, `wrongChip`, `codeFixups`, or `wrongExecutableOffset`.
  func check(_ chip: Chip) throws(LoaderError) {
    let (version, flags, headerSize, found) = (version, flags, UInt32(headerSize), self.chip)
    guard version == Self.version else { throw .unsupportedFormat(version: version) }
    guard flags == 0 else { throw .unsupportedFeatures(flags: flags) }
    guard headerSize >= Self.size else { throw .noteTooShort(headerSize) }
    guard found == chip.id else { throw .wrongChip(found: found, expected: chip.id) }
    if chip.isXtensa {
      // The regions are linked far apart, whatever the chip's buses are.
      guard executableOffset == 0 else {
        throw .wrongExecutableOffset(found: executableOffset, expected: 0)
      }
    } else {
      let codeFixups = codeRelativeWordCount | codeOddFixupCount
      guard codeFixups == 0 else { throw .codeFixups(codeFixups) }
    }
  }
}
