import Crypto

/// A module image, complete but for the sequence, which says when it was packed.
public struct PackedModule: Sendable {
  /// The image with sequence 0.
  private let image: [UInt8]
  private let sequenceOffset: Int
  /// Module build-ID: SHA-256 of the image with build-ID and sequence zero.
  public let id: [UInt8]
  /// Names of the exports, in the order of the symbol table.
  public let exports: [String]
  /// What a reload carries over, in the order of the addresses.
  public let kept: [KeptVariable]
  /// Whole lines.
  public let warnings: [String]

  init(_ layout: ImageLayout, note: ModuleNote, exports: [String], warnings: [String] = []) {
    var image = layout.bytes(note: note.bytes)
    let id = Array(SHA256.hash(data: image))
    let start = layout.noteOffset + ModuleNote.Offset.moduleID
    image.replaceSubrange(start..<start + id.count, with: id)
    self.image = image
    self.id = id
    self.exports = exports
    kept = note.kept
    self.warnings = warnings
    sequenceOffset = layout.noteOffset + ModuleNote.Offset.sequence
  }

  /// The image, packed at `sequence` (milliseconds since 1970).
  public func bytes(sequence: UInt64) -> [UInt8] {
    var image = image
    for byte in 0..<8 {
      image[sequenceOffset + byte] = UInt8(truncatingIfNeeded: sequence >> UInt64(8 * byte))
    }
    return image
  }

  /// The sequence of `other` if it is this very image, packed at another time.
  func sequence(ofEqualImage other: [UInt8]) -> UInt64? {
    guard other.count == image.count else { return nil }
    var sequence: UInt64 = 0
    for byte in (0..<8).reversed() {
      sequence = sequence << 8 | UInt64(other[sequenceOffset + byte])
    }
    return bytes(sequence: sequence) == other ? sequence : nil
  }
}
