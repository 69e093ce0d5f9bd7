/// 16 random bytes that one upload may be signed with.
public struct Nonce: Sendable {
  /// The bytes.
  public var bytes: InlineArray<16, UInt8>

  /// A nonce of these bytes.
  public init(bytes: InlineArray<16, UInt8>) { self.bytes = bytes }
}

extension Nonce: Equatable {
  /// Not in constant time: a nonce is no secret.
  public static func == (left: Nonce, right: Nonce) -> Bool {
    for index in left.bytes.indices where left.bytes[index] != right.bytes[index] { return false }
    return true
  }
}

/// The nonces handed out and not yet used: at most four, each for 30 seconds, each for one attempt.
public struct NonceTable: ~Copyable {
  /// Four nonces.
  private var bytes = InlineArray<64, UInt8>(repeating: 0)
  /// When each expires, 0 for a free place.
  private var ends = InlineArray<4, UInt64>(repeating: 0)

  /// No nonces.
  public init() {}

  // Nonces come as the 16 bytes where they are: a copy by value is a load and a store for each byte on the chip.

  /// Remembers a nonce given to a client at `now` (microseconds). With four outstanding, the oldest goes.
  public mutating func issue(_ nonce: Span<UInt8>, now: UInt64) {
    var place = 0
    for index in 1..<ends.count where ends[index] < ends[place] { place = index }
    ends[place] = now + WireLimit.nonceLifetime
    for index in nonce.indices { bytes[16 * place + index] = nonce[index] }
  }

  /// Whether `nonce` was handed out within the last 30 seconds and not used. It is used up by asking.
  public mutating func use(_ nonce: Span<UInt8>, now: UInt64) -> Bool {
    for place in ends.indices where ends[place] != 0 {
      var index = 0
      while index < 16, bytes[16 * place + index] == nonce[index] { index += 1 }
      guard index == 16 else { continue }
      let isGood = now <= ends[place]
      ends[place] = 0
      return isGood
    }
    return false
  }
}
