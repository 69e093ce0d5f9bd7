import HotReloadPort

/// The header record at the beginning of a slot (docs/STORE.md): which image the slot holds.
public struct SlotHeader: Sendable {
  /// Bytes of the record.
  public static let encodedSize = 96
  /// `HRS1`, read as a little-endian number.
  static let magic: UInt32 = 0x3153_5248
  static let version: UInt16 = 1
  /// Bytes that the record's own digest covers, and where it lies.
  static let digestedSize = 64

  /// Bytes of the image.
  public var length: UInt32
  /// One more than the other slot's, so that the newer of two images is known.
  public var sequence: UInt64
  /// SHA-256 of the image.
  public var digest: SHA256Digest

  /// A header for the image of `length` bytes with this digest.
  public init(length: UInt32, sequence: UInt64, digest: SHA256Digest) {
    self.length = length
    self.sequence = sequence
    self.digest = digest
  }

  /// Reads a record. Nil unless magic, version and size are known and the record's digest is right.
  /// `bytes` are at least `encodedSize`.
  init?<Hasher: SHA256Hasher>(decoding bytes: RawSpan, hasher: Hasher.Type) {
    guard bytes.number(at: 0, as: UInt32.self) == Self.magic,
      bytes.number(at: 4, as: UInt16.self) == Self.version,
      bytes.number(at: 6, as: UInt16.self) == UInt16(Self.encodedSize),
      Hasher.digest(of: bytes.extracting(first: Self.digestedSize))
        .isEqualInConstantTime(to: SHA256Digest(at: Self.digestedSize, in: bytes))
    else { return nil }
    length = bytes.number(at: 8, as: UInt32.self)
    sequence = bytes.number(at: 16, as: UInt64.self)
    digest = SHA256Digest(at: 32, in: bytes)
  }

  /// The record's bytes.
  public func encoded<Hasher: SHA256Hasher>(
    hasher: Hasher.Type
  ) -> InlineArray<96, UInt8> {
    var record = InlineArray<96, UInt8>(repeating: 0)
    Self.put(UInt64(Self.magic), bytes: 4, at: 0, in: &record)
    Self.put(UInt64(Self.version), bytes: 2, at: 4, in: &record)
    Self.put(UInt64(Self.encodedSize), bytes: 2, at: 6, in: &record)
    Self.put(UInt64(length), bytes: 4, at: 8, in: &record)
    Self.put(sequence, bytes: 8, at: 16, in: &record)
    Self.put(digest, at: 32, in: &record)
    let own = Hasher.digest(of: record.span.raw.extracting(first: Self.digestedSize))
    Self.put(own, at: Self.digestedSize, in: &record)
    return record
  }

  private static func put(
    _ value: UInt64, bytes count: Int, at offset: Int, in record: inout InlineArray<96, UInt8>
  ) {
    var rest = value
    for index in offset..<offset + count {
      record[index] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
  }

  private static func put(
    _ digest: SHA256Digest, at offset: Int, in record: inout InlineArray<96, UInt8>
  ) {
    for index in digest.bytes.indices { record[offset + index] = digest.bytes[index] }
  }
}
