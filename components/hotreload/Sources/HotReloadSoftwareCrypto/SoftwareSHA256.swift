import HotReloadPort

/// SHA-256 (FIPS 180-4) for chips and boards without a hash unit, written for small code.
public struct SoftwareSHA256: SHA256Hasher, Sendable {
  /// The hash value H (FIPS 180-4, 6.2.2).
  private var state = SHA256Constants.initial
  /// The last `length % 64` bytes seen.
  private var block = InlineArray<64, UInt8>(repeating: 0)
  /// Bytes seen; the standard allows up to 2^61 - 1.
  private var length: UInt64 = 0

  /// A hash of nothing yet.
  @inline(never)
  public init() {}

  /// Hashes `bytes` after those that came before.
  @inline(never)
  public mutating func update(_ bytes: RawSpan) {
    for index in 0..<bytes.byteCount {
      // Safety: `index` is less than `byteCount`.
      append(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
    }
  }

  /// The digest of everything seen. The hasher is not used again.
  @inline(never)
  public mutating func finalize() -> SHA256Digest {
    // Padding (5.1.1): a 1 bit, zeros, the number of bits as 64-bit big-endian.
    let bits = length &* 8
    append(0x80)
    while length % 64 != 56 { append(0) }
    for index in 0..<8 as Range<UInt64> {
      append(UInt8(truncatingIfNeeded: bits &>> (56 &- 8 &* index)))
    }
    var digest = SHA256Digest(bytes: .init(repeating: 0))
    for index in 0..<32 {
      digest.bytes[index] = UInt8(
        truncatingIfNeeded: state[index / 4] &>> UInt32(truncatingIfNeeded: 24 &- index % 4 &* 8))
    }
    return digest
  }

  private mutating func append(_ byte: UInt8) {
    block[Int(truncatingIfNeeded: length % 64)] = byte
    length &+= 1
    if length % 64 == 0 { compress() }
  }

  /// The computation of one block (6.2.2). The message schedule is a window of 16 words.
  private mutating func compress() {
    var schedule = InlineArray<16, UInt32>(repeating: 0)
    var working = state
    for round in 0..<64 {
      let word = round & 15
      if round < 16 {
        for index in 0..<4 {
          schedule[word] = schedule[word] &<< 8 | UInt32(block[word &* 4 &+ index])
        }
      } else {
        let w15 = schedule[(round &+ 1) & 15]
        let w2 = schedule[(round &+ 14) & 15]
        schedule[word] &+= schedule[(round &+ 9) & 15]
        schedule[word] &+= w15.rotatedRight(7) ^ w15.rotatedRight(18) ^ w15 &>> 3
        schedule[word] &+= w2.rotatedRight(17) ^ w2.rotatedRight(19) ^ w2 &>> 10
      }
      Self.round(&working, SHA256Constants.round[round] &+ schedule[word])
    }
    for index in 0..<8 { state[index] &+= working[index] }
  }

  /// One round: a…h are `v[0]`…`v[7]`.
  private static func round(_ v: inout InlineArray<8, UInt32>, _ input: UInt32) {
    let e = v[4]
    let a = v[0]
    let choice = e & v[5] ^ ~e & v[6]
    let majority = a & v[1] ^ a & v[2] ^ v[1] & v[2]
    let t1 =
      v[7] &+ (e.rotatedRight(6) ^ e.rotatedRight(11) ^ e.rotatedRight(25)) &+ choice &+ input
    let t2 = (a.rotatedRight(2) ^ a.rotatedRight(13) ^ a.rotatedRight(22)) &+ majority
    // One by one: a loop becomes a call of memmove, which takes longer than the rest of the round.
    v[7] = v[6]
    v[6] = v[5]
    v[5] = e
    v[4] = v[3] &+ t1
    v[3] = v[2]
    v[2] = v[1]
    v[1] = a
    v[0] = t1 &+ t2
  }
}

extension UInt32 {
  /// ROTR (FIPS 180-4, 3.2); `count` is 1 to 31.
  fileprivate func rotatedRight(_ count: UInt32) -> UInt32 {
    self &>> count | self &<< (32 &- count)
  }
}
