/// Encodes fixups as RELR (gABI, "Relative relocation table"): an even word is an address to be fixed; an odd
/// word is a bitmap of the 31 words that follow what was covered before.
enum RelativeEncoder {
  /// - Parameter addresses: multiples of 4, ascending, none twice.
  static func words(_ addresses: [UInt32]) -> [UInt32] {
    var words: [UInt32] = []
    var rest = addresses[...]
    while let address = rest.popFirst() {
      words.append(address)
      // 64 bits: a bitmap may reach beyond the address space, though no fixup does.
      var base = UInt64(address) + 4
      while true {
        var bitmap: UInt32 = 0
        while let next = rest.first, UInt64(next) < base + 31 * 4 {
          bitmap |= 1 << UInt32((UInt64(next) - base) / 4)
          rest.removeFirst()
        }
        guard bitmap != 0 else { break }
        words.append(bitmap << 1 | 1)
        base += 31 * 4
      }
    }
    return words
  }
}
