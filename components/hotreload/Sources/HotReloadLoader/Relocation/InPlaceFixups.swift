import HotReloadELF

/// Walks the addresses of words that hold an address themselves, those of one region as a packed image lists them.
struct InPlaceFixups: ~Escapable {
  /// RELR.
  private var relative: RelativeRelocations
  /// Addresses, a word each, of words that may lie at any address.
  private let odd: ByteView
  private var oddPosition: UInt32 = 0

  @_lifetime(copy relative, copy odd)
  init(_ relative: RelativeRelocations, odd: ByteView) {
    self.relative = relative
    self.odd = odd
  }

  /// The next address, nil after the last; throws `misalignedFixup`, `relrWithoutAddress`.
  @_lifetime(self: copy self)
  mutating func next() throws(LoaderError) -> UInt32? {
    if let address = try elf(relative.nextAddress()) {
      guard address & 3 == 0 else { throw .misalignedFixup(address: address) }
      return address
    }
    guard oddPosition < odd.count else { return nil }
    let address = try elf(odd.word(at: oddPosition))
    oddPosition &+= 4
    return address
  }
}
