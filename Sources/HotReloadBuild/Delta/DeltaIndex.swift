/// Where three bytes stand in a base: all places, in ascending order.
struct BaseIndex {
  /// Where the places of each hash begin in `places`; one more, the end of the last ones.
  private var starts: [Int32]
  private var places: [Int32]

  init(_ base: [UInt8]) {
    starts = Array(repeating: 0, count: TripleHash.count + 1)
    let count = max(base.count - 2, 0)
    places = Array(repeating: 0, count: count)
    for place in 0..<count { starts[TripleHash.of(base, place) + 1] += 1 }
    for hash in 0..<TripleHash.count { starts[hash + 1] += starts[hash] }
    var next = starts
    for place in 0..<count {
      let hash = TripleHash.of(base, place)
      places[Int(next[hash])] = Int32(place)
      next[hash] += 1
    }
  }

  /// Which of `places` have the hash and are around `near`: up to `limit` of them.
  func around(_ near: Int, hash: Int, limit: Int) -> Range<Int> {
    let range = Int(starts[hash])..<Int(starts[hash + 1])
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle]) < near { low = middle + 1 } else { high = middle }
    }
    let first = max(range.lowerBound, low - limit / 2)
    return first..<min(first + limit, range.upperBound)
  }

  /// One of `places`.
  subscript(index: Int) -> Int { Int(places[index]) }
}

/// Where three bytes stand in what was passed of an image, newest first.
struct OutputIndex {
  private var newest: [Int32]
  private var older: [Int32]

  init(count: Int) {
    newest = Array(repeating: -1, count: TripleHash.count)
    older = Array(repeating: -1, count: count)
  }

  mutating func insert(_ place: Int, hash: Int) {
    older[place] = newest[hash]
    newest[hash] = Int32(place)
  }

  /// The newest place of the hash, negative if there is none.
  func newest(hash: Int) -> Int { Int(newest[hash]) }

  /// The place of the same hash before `place`, negative if there is none.
  func older(than place: Int) -> Int { Int(older[place]) }
}

/// A hash of three bytes.
enum TripleHash {
  /// Number of hashes.
  static let count = 1 << 12

  /// The hash of the bytes at `place` and behind it.
  static func of(_ bytes: [UInt8], _ place: Int) -> Int {
    let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
    let triple = low | UInt32(bytes[place + 2]) << 16
    // Knuth, The Art of Computer Programming, volume 3, section 6.4: 2³² by the golden ratio.
    return Int((triple &* 2_654_435_769) >> 20)
  }
}
