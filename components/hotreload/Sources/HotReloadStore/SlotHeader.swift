import HotReloadPort

/// The header record at the beginning of a slot (docs/STORE.md): which image the slot holds.
public struct SlotHeader: Sendable {
  /// Bytes of the record.
  static let size: UInt32 = 96

  /// `HRS1`, read as a little-endian number.
  private static let magic: UInt32 = 0x3153_5248
  /// Format version 1, then the header size 96, two 16-bit numbers read as one.
  private static let versionAndSize: UInt32 = 0x0060_0001
  /// Bytes that the record's own digest covers, and where it lies.
  private static let digestedSize = 64

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

  /// Reads a record from the first 96 of `bytes`. Nil unless magic, version and size are known and
  /// the record's own digest is right.
  init?<Hasher: SHA256Hasher>(decoding bytes: RawSpan, hasher: Hasher.Type) {
    guard bytes.word(at: 0) == Self.magic, bytes.word(at: 4) == Self.versionAndSize else {
      return nil
    }
    let own = SHA256Digest(bytes: bytes.bytes(at: Self.digestedSize, as: InlineArray.self))
    guard
      Hasher.digest(of: bytes.extracting(first: Self.digestedSize)).isEqualInConstantTime(to: own)
    else { return nil }
    length = bytes.word(at: 8)
    sequence = UInt64(littleEndian: bytes.bytes(at: 16, as: UInt64.self))
    digest = SHA256Digest(bytes: bytes.bytes(at: 32, as: InlineArray.self))
  }

  /// The record's bytes.
  public func encoded<Hasher: SHA256Hasher>(
    hasher: Hasher.Type
  ) -> InlineArray<96, UInt8> {
    var record = InlineArray<96, UInt8>(repeating: 0)
    record.put(Self.magic.littleEndian, at: 0)
    record.put(Self.versionAndSize.littleEndian, at: 4)
    record.put(length.littleEndian, at: 8)
    record.put(sequence.littleEndian, at: 16)
    record.put(digest.bytes, at: 32)
    let own = Hasher.digest(of: record.span.raw.extracting(first: Self.digestedSize))
    record.put(own.bytes, at: Self.digestedSize)
    return record
  }
}

extension InlineArray<96, UInt8> {
  fileprivate mutating func put<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
    var span = mutableSpan
    // Safety: UInt8 has no padding and takes every value; the store itself is bounds-checked.
    var bytes = unsafe span.mutableBytes
    bytes.storeBytes(of: value, toByteOffset: offset, as: Value.self)
  }
}
