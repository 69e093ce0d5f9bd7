/// A checked view of bytes: little-endian numbers and slices, each tested against the end before it is read.
///
/// ELF32 offsets and sizes are 32-bit, and so is everything here; bytes beyond 4 GiB cannot be reached.
public struct ByteView: ~Escapable {
  /// The bytes themselves.
  public let bytes: RawSpan

  /// A view of all of `bytes`.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// A view of no bytes.
  public static var empty: ByteView {
    @_lifetime(immortal) get { ByteView(RawSpan()) }
  }

  /// Number of bytes.
  public var count: UInt32 { UInt32(clamping: bytes.byteCount) }

  /// Throws `outOfBounds` unless `count` bytes from `offset` lie in the view.
  @inline(never)
  public func check(_ offset: UInt32, count: UInt32) throws(ELFError) {
    guard offset <= self.count, count <= self.count &- offset else {
      throw .outOfBounds(offset)
    }
  }

  /// The byte at `offset`.
  public func byte(at offset: UInt32) throws(ELFError) -> UInt8 {
    try check(offset, count: 1)
    return loadByte(offset)
  }

  /// The 16-bit number at `offset` (`Elf32_Half`), at any alignment.
  @inline(never)
  public func half(at offset: UInt32) throws(ELFError) -> UInt16 {
    try check(offset, count: 2)
    return loadHalf(offset)
  }

  /// The 32-bit number at `offset` (`Elf32_Word`, `Elf32_Addr`, `Elf32_Off`), at any alignment.
  @inline(never)
  public func word(at offset: UInt32) throws(ELFError) -> UInt32 {
    try check(offset, count: 4)
    return loadWord(offset)
  }

  /// The 64-bit number at `offset`, at any alignment.
  public func doubleWord(at offset: UInt32) throws(ELFError) -> UInt64 {
    try check(offset, count: 8)
    return loadDoubleWord(offset)
  }

  /// `count` bytes from `offset`.
  @inline(never)
  @_lifetime(copy self)
  public func slice(at offset: UInt32, count: UInt32) throws(ELFError) -> ByteView {
    try check(offset, count: count)
    let start = Int(truncatingIfNeeded: offset)
    return ByteView(bytes.extracting(start..<start &+ Int(truncatingIfNeeded: count)))
  }

  /// The bytes from `offset` up to the NUL that ends them; `unterminatedString` if there is none.
  @_lifetime(copy self)
  public func string(at offset: UInt32) throws(ELFError) -> ByteView {
    var end = offset
    while end < count {
      if try byte(at: end) == 0 { return try slice(at: offset, count: end &- offset) }
      end &+= 1
    }
    throw .unterminatedString(offset)
  }

  /// Whether the view holds exactly the bytes of `other`.
  @inline(never)
  public func isEqual(to other: Span<UInt8>) -> Bool {
    guard bytes.byteCount == other.count else { return false }
    for index in other.indices where loadByte(UInt32(truncatingIfNeeded: index)) != other[index] {
      return false
    }
    return true
  }

  // What follows is for records whose bounds were checked as a whole; beyond the end it traps. One function each,
  // because a load at any alignment is long code on a processor without one.

  /// The byte at `offset` of a view that has one there.
  @inline(never)
  public func loadByte(_ offset: UInt32) -> UInt8 { load(offset) }

  @inline(never)
  func loadHalf(_ offset: UInt32) -> UInt16 { UInt16(littleEndian: load(offset)) }

  /// The 32-bit number at `offset` of a view that has one there.
  @inline(never)
  public func loadWord(_ offset: UInt32) -> UInt32 { UInt32(littleEndian: load(offset)) }

  /// The 64-bit number at `offset` of a view that has one there.
  @inline(never)
  public func loadDoubleWord(_ offset: UInt32) -> UInt64 { UInt64(littleEndian: load(offset)) }

  /// The one load.
  @inline(__always)
  private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: UInt32) -> Number {
    // Safety: every bit pattern is a valid integer; the span checks the bounds once more.
    unsafe bytes.unsafeLoadUnaligned(
      fromByteOffset: Int(truncatingIfNeeded: offset), as: Number.self)
  }
}
