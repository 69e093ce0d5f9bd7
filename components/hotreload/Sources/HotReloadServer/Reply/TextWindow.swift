import HotReloadPort

/// Text of any length, written through a window of 256 bytes: whatever falls inside is kept, all of it is counted.
///
/// A writer that is run again for each window sends a long reply from a small buffer, and the same writer tells how
/// long the reply will be: one piece of code, no callbacks.
public struct TextWindow: ~Copyable {
  private var storage: InlineArray<256, UInt8> = .init(repeating: 0)
  private var start = 0
  /// Bytes written so far, kept or not.
  public private(set) var position = 0

  /// An empty text, of which the beginning is kept.
  public init() {}

  /// Begins anew; what is written from position `start` on is kept.
  public mutating func restart(keepingFrom start: Int) {
    self.start = start
    position = 0
  }

  /// The bytes inside the window.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: min(max(position - start, 0), storage.count)) }
  }

  // Not inlined, like whatever else is called from many places: every byte of code counts on the chip.
  /// One byte.
  @inline(never)
  public mutating func append(_ byte: UInt8) {
    let index = position &- start
    if storage.indices.contains(index) { storage[index] = byte }
    position &+= 1
  }

  /// Some bytes.
  @inline(never)
  public mutating func append(_ bytes: Span<UInt8>) {
    for index in bytes.indices { append(bytes[index]) }
  }

  /// A literal.
  @inline(never)
  public mutating func append(_ text: StaticString) { append(text.bytes) }

  /// Decimal, without leading zeros.
  ///
  /// Long division in pieces of 32 bits: a 32-bit chip has no instruction for more, and the function that stands in
  /// for it is larger than this.
  @inline(never)
  public mutating func append(decimal value: UInt64) {
    var high = UInt32(truncatingIfNeeded: value &>> 32)
    var low = UInt32(truncatingIfNeeded: value)
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var first = digits.count
    repeat {
      let middle = (high % 10) &<< 16 | low &>> 16
      let end = (middle % 10) &<< 16 | low & 0xFFFF
      high /= 10
      low = (middle / 10) &<< 16 | end / 10
      first -= 1
      digits[first] = ASCII.zero + UInt8(truncatingIfNeeded: end % 10)
    } while high | low != 0
    append(digits.span.extracting(first...))
  }

  /// Decimal, without leading zeros.
  @inline(never)
  public mutating func append(decimal value: UInt32) { append(decimal: UInt64(word: value)) }

  /// Two digits for each byte.
  @inline(never)
  public mutating func append(hex bytes: Span<UInt8>) {
    for index in bytes.indices { append(hex: bytes[index]) }
  }

  /// Two digits.
  @inline(never)
  public mutating func append(hex byte: UInt8) {
    append(Hex.digit(byte &>> 4))
    append(Hex.digit(byte))
  }

  /// Eight digits.
  @inline(never)
  public mutating func append(hex value: UInt32) {
    append(hex: UInt8(truncatingIfNeeded: value &>> 24))
    append(hex: UInt8(truncatingIfNeeded: value &>> 16))
    append(hex: UInt8(truncatingIfNeeded: value &>> 8))
    append(hex: UInt8(truncatingIfNeeded: value))
  }
}
