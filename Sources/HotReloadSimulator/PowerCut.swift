/// What becomes of an erase or a write that power fails in, by write units of 16 bytes.
package enum PowerCut: Sendable, CustomStringConvertible {
  /// What becomes of one unit.
  package enum Fate: Sendable {
    /// As it was before.
    case old
    /// Erased or written, as asked.
    case done
    /// Anything: neither the one nor the other.
    case noise
  }

  /// The first units, up to the first border; those up to the second; the rest.
  case parts(Fate, Int, Fate, Int, Fate)
  /// Each of the first 64 units its own fate; the rest is done.
  case mixed(seed: UInt64)

  /// Power fails before the operation begins.
  package static let before = PowerCut.parts(.old, 0, .old, 0, .old)
  /// The first half is done.
  package static func half(of count: Int) -> PowerCut {
    .parts(.done, count / 2, .old, count / 2, .old)
  }

  /// The fates of `count` units, in runs.
  func runs(count: Int) -> [(units: Range<Int>, fate: Fate)] {
    switch self {
    case .parts(let first, let end, let second, let secondEnd, let third):
      let end = min(end, count)
      let secondEnd = min(max(secondEnd, end), count)
      return [(0..<end, first), (end..<secondEnd, second), (secondEnd..<count, third)]
    case .mixed(let seed):
      var generator = SplitMix64(state: seed)
      let mixed = min(count, 64)
      return (0..<mixed).map { ($0..<$0 + 1, [.old, .done, .noise][Int(generator.next() % 3)]) }
        + [(mixed..<count, .done)]
    }
  }

  package var description: String {
    switch self {
    case .parts(let first, let end, let second, let secondEnd, let third):
      "\(first) to unit \(end), \(second) to unit \(secondEnd), then \(third)"
    case .mixed(let seed): "a mixture, seed \(seed)"
    }
  }
}

extension PowerCut {
  /// Ways to interrupt a write of `count` units: before and behind each, and inside each; for a long one
  /// at both ends and in the middle.
  package static func ofWrite(units count: Int) -> [PowerCut] {
    let ends = count <= 8 ? Array(0..<count) : [0, 1, count / 2, count - 1]
    return ends.flatMap { end -> [PowerCut] in
      [.parts(.done, end, .old, end, .old), .parts(.done, end, .noise, end + 1, .old)]
    } + [.parts(.old, count / 2, .done, count, .done), .mixed(seed: UInt64(count))]
  }

  /// Ways to interrupt an erase of `count` units: a part is erased, a part old, a part noise, in each order,
  /// with borders around the header record and each mark of a slot, and further on.
  package static func ofErase(units count: Int) -> [PowerCut] {
    let borders = [0, 2, 5, 6, 7, 8, 14, 15, 16, 17, 18, 32, 33, count / 2, count]
    let orders: [(Fate, Fate, Fate)] = [
      (.done, .noise, .old), (.old, .noise, .done), (.noise, .old, .done),
    ]
    return borders.flatMap { border in
      orders.map { .parts($0.0, border, $0.1, border + 2, $0.2) }
    } + (1...4).map { .mixed(seed: $0) }
  }
}
