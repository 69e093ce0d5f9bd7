import HotReloadDelta

/// The cheapest sequences for an image, as far as one look at each of its bytes tells: for each place the cheapest way there
/// is known, and each way on from it makes some later place cheaper, or not.
struct DeltaParse {
  /// The cheapest known way to a place, and what a decoder knows there.
  private struct Way {
    /// Bytes.
    var price = Int32.max
    /// Literals that end here.
    var literals: Int32 = 0
    /// Bytes of the copy that ends here, 0 for literals.
    var count: Int32 = 0
    var copy = DeltaCopy.base
    /// From here to what stands here in the base.
    var shift: Int32 = 0
    /// Of the last copy of the output.
    var distance: Int32 = 1
  }

  /// Places that are looked at for each kind of copy.
  private static let candidates = 8
  /// A copy of so many bytes is taken without a look at what else there is.
  private static let long = 64

  private let image: [UInt8]
  private let base: [UInt8]
  private let baseIndex: BaseIndex
  private var outputIndex: OutputIndex
  private var ways: [Way]

  init(_ image: [UInt8], base: [UInt8]) {
    self.image = image
    self.base = base
    baseIndex = BaseIndex(base)
    outputIndex = OutputIndex(count: image.count)
    ways = Array(repeating: Way(), count: image.count + 1)
    ways[0].price = 0
    search()
  }

  /// The sequences, in order.
  func sequences() -> [DeltaSequence] {
    var sequences: [DeltaSequence] = []
    var end = image.count
    while end > 0 {
      let way = ways[end]
      let copyStart = end - Int(way.count)
      let before = ways[copyStart]
      let literals = way.count > 0 && before.count > 0 ? 0 : Int(before.literals)
      let start = copyStart - literals
      let place =
        way.copy.isOfOutput ? Int(way.distance) : Int(way.shift) - Int(before.shift)
      sequences.append(
        DeltaSequence(
          start: start, literals: literals, copy: way.count > 0 ? way.copy : .base,
          count: Int(way.count), place: way.count > 0 ? place : 0))
      end = start
    }
    return sequences.reversed()
  }

  private mutating func search() {
    var place = 0
    while place < image.count {
      let next = visit(place)
      for passed in place..<max(place, min(next, image.count - 2)) {
        outputIndex.insert(passed, hash: TripleHash.of(image, passed))
      }
      place = next
    }
  }

  /// Tries the ways on from `place`, the cheap ones first, and of dear ones only what is longer; returns the place to go on
  /// from.
  private mutating func visit(_ place: Int) -> Int {
    let way = ways[place]
    appendLiteral(to: way, at: place)
    var longest = 0
    copyBase(way, at: place, from: place + Int(way.shift), &longest)
    copyOutput(way, at: place, from: place - Int(way.distance), &longest)
    guard longest < Self.long, place + 3 <= image.count else { return place + max(longest, 1) }
    let hash = TripleHash.of(image, place)
    for index in baseIndex.around(place + Int(way.shift), hash: hash, limit: Self.candidates) {
      copyBase(way, at: place, from: baseIndex[index], &longest)
    }
    let first = max(0, place + 1 - 1 << Int(DeltaFormat.windows.upperBound))
    var source = outputIndex.newest(hash: hash)
    for _ in 0..<Self.candidates where source >= first {
      copyOutput(way, at: place, from: source, &longest)
      source = outputIndex.older(than: source)
    }
    return longest < Self.long ? place + 1 : place + longest
  }

  private mutating func appendLiteral(to way: Way, at place: Int) {
    var next = way
    next.literals = way.count > 0 ? 1 : way.literals + 1
    next.count = 0
    let rest = Int(next.literals) - Int(DeltaFormat.manyInToken)
    next.price += 1
    if rest == 0 || rest > 0 && DeltaWriter.size(of: rest) > DeltaWriter.size(of: rest - 1) {
      next.price += 1
    }
    relax(place + 1, next)
  }

  /// Copies what stands at `source` in the base.
  private mutating func copyBase(
    _ way: Way, at place: Int, from source: Int, _ longest: inout Int
  ) {
    guard source >= 0, source < base.count else { return }
    let count = matching(place, base, source, beyond: longest)
    guard count > longest else { return }
    var next = way
    next.shift = Int32(source - place)
    next.copy = next.shift == way.shift ? .base : .movedBase
    var size = 0
    if next.copy.hasNumber {
      size = DeltaWriter.size(of: DeltaWriter.folded(Int(next.shift) - Int(way.shift)))
    }
    copy(next, at: place, count, size, &longest)
  }

  /// Copies what stands at `source` in the image.
  private mutating func copyOutput(
    _ way: Way, at place: Int, from source: Int, _ longest: inout Int
  ) {
    guard source >= 0 else { return }
    let count = matching(place, image, source, beyond: longest)
    guard count > longest else { return }
    var next = way
    next.copy = place - source == way.distance ? .sameOutput : .output
    next.distance = Int32(place - source)
    let size = next.copy.hasNumber ? DeltaWriter.size(of: place - source) : 0
    copy(next, at: place, count, size, &longest)
  }

  /// Tries copies of more than `longest` bytes, up to `count`, whose place takes `size` bytes.
  private mutating func copy(
    _ way: Way, at place: Int, _ count: Int, _ size: Int, _ longest: inout Int
  ) {
    let minimum = Int(way.copy.minimum)
    guard count >= minimum else { return }
    var next = way
    next.literals = 0
    for count in (count < Self.long ? max(minimum, longest + 1) : count)...count {
      let rest = count - minimum - Int(DeltaFormat.manyInToken)
      next.count = Int32(count)
      next.price = way.price + Int32(1 + size + (rest < 0 ? 0 : DeltaWriter.size(of: rest)))
      relax(place + count, next)
    }
    longest = count
  }

  private mutating func relax(_ place: Int, _ way: Way) {
    if way.price < ways[place].price { ways[place] = way }
  }

  /// How many bytes from `place` on are those of `other` from `source` on; 0 if not more than `least`.
  private func matching(_ place: Int, _ other: [UInt8], _ source: Int, beyond least: Int) -> Int {
    let most = min(image.count - place, other.count - source)
    guard most > least, image[place + least] == other[source + least] else { return 0 }
    var count = 0
    while count < most, image[place + count] == other[source + count] { count += 1 }
    return count
  }
}

extension DeltaCopy {
  /// Whether it is from the image itself.
  var isOfOutput: Bool { self == .output || self == .sameOutput }
}
