/// Finds the next request in a byte stream whose place was lost: the rest of a body that nobody reads, noise, a new
/// client after one that stopped half-way. Looks for `GET /` and `POST /`, whatever stands before.
struct RequestFinder {
  /// The eight bytes seen last, the newest lowest.
  private var recent: UInt64 = 0

  /// Takes bytes up to the end of such a beginning and says how many, and which it was.
  mutating func receive(_ bytes: Span<UInt8>) -> (count: Int, found: StaticString?) {
    for index in bytes.indices {
      recent = recent &<< 8 | UInt64(word: UInt32(bytes[index]))
      // The ASCII codes of "GET /" and "POST /".
      if recent & 0xFF_FFFF_FFFF == 0x47_4554_202F { return (index + 1, "GET /") }
      if recent & 0xFFFF_FFFF_FFFF == 0x504F_5354_202F { return (index + 1, "POST /") }
    }
    return (bytes.count, nil)
  }
}
