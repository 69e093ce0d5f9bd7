/// Encodes ascending multiples of 4 as RELR (gABI, "Relative relocation table").
package func encodeRELR(_ addresses: [UInt32]) -> [UInt32] {
  var words: [UInt32] = []
  var rest = addresses[...]
  while let address = rest.popFirst() {
    words.append(address)
    var start = address + 4
    while true {
      var bitmap: UInt32 = 0
      while let next = rest.first, next >= start, next - start < 31 * 4 {
        bitmap |= 2 << ((next - start) / 4)
        rest.removeFirst()
      }
      guard bitmap != 0 else { break }
      words.append(bitmap | 1)
      start += 31 * 4
    }
  }
  return words
}
