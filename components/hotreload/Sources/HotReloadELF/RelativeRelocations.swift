/// Decodes a RELR table (gABI, "Relative relocation table"): the addresses of words to which the load
/// bias has to be added.
///
/// An even word is such an address. An odd word is a bitmap: bit n (1…31) stands for the nth of the 31
/// words that follow what was covered before.
public struct RelativeRelocations: ~Escapable {
  private let words: ByteView
  private var position: UInt32 = 0
  /// The address that bit 0 of `bitmap` stands for.
  private var address: UInt32 = 0
  /// Bits that are still to be delivered.
  private var bitmap: UInt32 = 0
  /// Where the next bitmap begins; nil before the first address.
  private var next: UInt32?

  /// No addresses.
  @_lifetime(immortal)
  public init() { words = .empty }

  /// Decodes `words`; throws `badEntrySize` unless they are a whole number of words.
  @_lifetime(copy words)
  public init(_ words: ByteView) throws(ELFError) {
    guard words.count % 4 == 0 else { throw .badEntrySize(4) }
    self.words = words
  }

  /// The next address, nil at the end; throws `relrWithoutAddress`. Addresses are as the table has
  /// them, with wrap-around: they may be misaligned or lie anywhere.
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func nextAddress() throws(ELFError) -> UInt32? {
    while bitmap == 0 {
      guard position < words.count else { return nil }
      let word = try words.word(at: position)
      position &+= 4
      guard word & 1 == 1 else {
        next = word &+ 4
        return word
      }
      guard let start = next else { throw .relrWithoutAddress }
      address = start
      bitmap = word >> 1
      next = start &+ 31 &* 4
    }
    let skipped = UInt32(truncatingIfNeeded: bitmap.trailingZeroBitCount)
    let found = address &+ skipped &* 4
    bitmap = (bitmap >> skipped) >> 1
    address = found &+ 4
    return found
  }
}
