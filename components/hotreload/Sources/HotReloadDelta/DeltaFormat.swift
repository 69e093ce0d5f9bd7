/// The numbers of an encoded image (docs/PROTOCOL.md, "Encoded bodies"), for who reads it and who writes it.
///
/// After the header come sequences: a token, its numbers, literals, and then a copy, unless the image is complete.
///
/// ```
/// token   bits 7, 6: where the copy is from; bits 5 … 3: literals; bits 2 … 0: bytes of the copy − their minimum
/// numbers more literals, if the token says 7; more bytes of the copy, if it says 7; where the copy is from, if `DeltaCopy`
///         has a number: each of 7 bits a byte, lowest first, bit 7 where another byte follows, at most 4 bytes
/// ```
public enum DeltaFormat {
  /// First byte of the header.
  public static var version: UInt8 { 1 }
  /// Bytes of the header without a base.
  public static var headerSize: Int { 38 }
  /// Bytes of the base's name, which follow where there is one: the beginning of its SHA-256.
  public static var baseNameSize: Int { 8 }
  /// In the second byte of the header: there is a base.
  public static var hasBase: UInt8 { 0x80 }
  /// What the second byte of the header says besides: the window is 2 to this power, in bytes.
  public static var windows: ClosedRange<UInt8> { 8...13 }
  /// The largest count in a token: a number with the rest follows.
  public static var manyInToken: UInt32 { 7 }
  /// Bytes of a number.
  public static var maximumNumberSize: Int { 4 }
}

/// Where a copy is from: bits 7 and 6 of a token.
public enum DeltaCopy: UInt8, Sendable {
  /// The base, where it was last read: what stands between the last copy and this one takes the place of as much of the base.
  case base = 0
  /// The base, elsewhere: by how much the distance of the two places grows, twice, or −1 − twice where it shrinks.
  case movedBase = 1
  /// The image itself, as many bytes back as its number says.
  case output = 2
  /// The image itself, as many bytes back as the last time; at first 1.
  case sameOutput = 3

  /// Whether it has a number.
  public var hasNumber: Bool { self == .movedBase || self == .output }
  /// Bytes of the shortest copy: a shorter one would be no shorter than literals.
  public var minimum: UInt32 { hasNumber ? 3 : 2 }
}
