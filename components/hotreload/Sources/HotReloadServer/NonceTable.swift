/// 16 random bytes that one upload may be signed with.
public struct Nonce: Sendable {
  public var bytes: InlineArray<16, UInt8>

  public init(bytes: InlineArray<16, UInt8>) { self.bytes = bytes }
}

extension Nonce: Equatable {
  public static func == (left: Nonce, right: Nonce) -> Bool {
    for index in left.bytes.indices where left.bytes[index] != right.bytes[index] { return false }
    return true
  }
}

/// The nonces handed out and not yet used: at most four, each for 30 seconds, each for one attempt.
public struct NonceTable: ~Copyable {
  private struct Entry {
    var nonce: Nonce
    var issued: UInt64
  }

  private var entries = InlineArray<4, Entry?>(repeating: nil)

  public init() {}

  /// Remembers a nonce given to a client at `now` (microseconds). With four outstanding, the oldest goes.
  public mutating func issue(_ nonce: Nonce, now: UInt64) {
    var place = 0
    for index in entries.indices {
      guard let entry = entries[index], let oldest = entries[place] else {
        // The place at hand or the one found before is free.
        if entries[place] != nil { place = index }
        break
      }
      if entry.issued < oldest.issued { place = index }
    }
    entries[place] = Entry(nonce: nonce, issued: now)
  }

  /// Whether `nonce` was handed out within the last 30 seconds and not used. It is used up by asking.
  public mutating func use(_ nonce: Nonce, now: UInt64) -> Bool {
    for index in entries.indices {
      guard let entry = entries[index], entry.nonce == nonce else { continue }
      entries[index] = nil
      return now &- entry.issued <= WireLimit.nonceLifetime
    }
    return false
  }
}
