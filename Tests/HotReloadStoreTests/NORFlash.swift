import HotReloadPort
import Testing

/// One partition of NOR flash that holds the store to the rules of `FlashPort`: alignment, bounds, and
/// no write to a 16-byte unit that is not erased. Each breach is a failure of the running test.
///
/// Power can be cut before or inside the Nth operation; everything fails then until `restorePower`.
final class NORFlash: FlashPort {
  /// One erase or write; bytes from the beginning of the partition.
  enum Operation: Equatable, Sendable {
    case erase(Range<Int>)
    case write(Range<Int>)
  }

  /// What of an operation happens before power fails. Beside the half that happens, one write unit
  /// becomes anything.
  enum Tear: CaseIterable, Sendable {
    case nothing
    case firstHalf
    case secondHalf
  }

  /// What erased flash reads as: 0xFF, or what decrypting that gives, another thing after each erase.
  enum Kind: CaseIterable, Sendable {
    case plain
    case encrypted
  }

  /// The state of 16 bytes.
  private enum Unit {
    case erased
    case written
    /// Power failed while these bytes were written: they alone may be written again.
    case interrupted([UInt8])
  }

  private static let unitSize = 16

  let partition: Partition
  private let kind: Kind
  private(set) var bytes: [UInt8]
  private var units: [Unit]
  private var garbage = SplitMix64(state: 1)
  /// What was done, without the operation that power failed in.
  private(set) var operations: [Operation] = []
  private var cut: (operation: Int, tear: Tear)?
  private var isPowered = true
  private var worn = 0..<0

  /// An erased partition of `eraseUnits` units of `eraseSize` bytes.
  init(eraseUnits: Int, eraseSize: Int, _ kind: Kind = .plain) {
    let size = eraseUnits * eraseSize
    partition = Partition(handle: 7, size: UInt32(size), eraseSize: UInt32(eraseSize))
    self.kind = kind
    bytes = [UInt8](repeating: 0xFF, count: size)
    units = Array(repeating: .erased, count: size / Self.unitSize)
    clear(0..<size)
  }

  /// Another chip with the same content, and an empty log.
  init(copying other: NORFlash) {
    partition = other.partition
    kind = other.kind
    bytes = other.bytes
    units = other.units
    garbage = other.garbage
  }

  func emptyLog() { operations = [] }

  /// Cuts power in the operation after `count` whole ones from now.
  func cutPower(after count: Int, _ tear: Tear) { cut = (operations.count + count, tear) }

  func restorePower() {
    isPowered = true
    cut = nil
  }

  /// Replaces the beginning, as a flash tool does on a chip without encryption.
  func flash(_ contents: [UInt8]) {
    bytes.replaceSubrange(0..<contents.count, with: contents)
    for unit in 0..<(contents.count + Self.unitSize - 1) / Self.unitSize {
      let isErased = bytes[range(of: unit)].allSatisfy { $0 == 0xFF }
      units[unit] = isErased ? .erased : .written
    }
  }

  /// From now on the 32 bytes at `offset` read as 0 and cannot be written.
  func wearOut(_ offset: Int) { worn = offset..<offset + 32 }

  /// Changes one bit, counted from the beginning of the partition.
  func flip(bit: Int) { bytes[bit / 8] ^= 1 << (bit % 8) }

  func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition { partition }

  func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value {
    let range = try checked(partition, offset, count: Int(count), alignment: 1)
    guard isPowered else { throw .failed }
    let bytes = self.bytes
    // Safety: UInt8 has no padding.
    return body(unsafe bytes.span.bytes.extracting(range))
  }

  func erase(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError) {
    let unit = Int(partition.eraseSize)
    let range = try checked(partition, offset, count: Int(count), alignment: unit)
    guard let tear = try begin(.erase(range)) else { return clear(range) }
    let (done, between) = Self.torn(range, tear)
    clear(done)
    if let between { garble(between, .written) }
    throw .failed
  }

  func write(_ bytes: RawSpan, to partition: Partition, offset: UInt32) throws(FlashError) {
    let count = bytes.byteCount
    let range = try checked(partition, offset, count: count, alignment: Self.unitSize)
    // Safety: the closure gets initialised bytes and copies them.
    let new = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    func content(of unit: Int) -> [UInt8] {
      let start = unit * Self.unitSize - range.lowerBound
      return Array(new[start..<start + Self.unitSize])
    }
    for unit in Self.units(in: range) { checkErased(unit, for: content(of: unit)) }

    let tear = try begin(.write(range))
    let (done, between) = tear.map { Self.torn(range, $0) } ?? (range, nil)
    for unit in Self.units(in: done) {
      self.bytes.replaceSubrange(self.range(of: unit), with: content(of: unit))
      units[unit] = tear == nil ? .written : .interrupted(content(of: unit))
    }
    if let between { garble(between, .interrupted(content(of: between))) }
    for index in worn { self.bytes[index] = 0 }
    if tear != nil { throw .failed }
  }

  // MARK: - Rules

  private func checked(
    _ partition: Partition, _ offset: UInt32, count: Int, alignment: Int
  ) throws(FlashError) -> Range<Int> {
    let range = Int(offset)..<Int(offset) + count
    let isRight =
      partition == self.partition && range.upperBound <= bytes.count
      && range.lowerBound % alignment == 0 && count % alignment == 0
    #expect(isRight, "\(range) is outside or not aligned to \(alignment)")
    guard isRight else { throw .failed }
    return range
  }

  private func checkErased(_ unit: Int, for content: [UInt8]) {
    if worn.contains(unit * Self.unitSize) { return }
    switch units[unit] {
    case .erased: break
    case .interrupted(let intended) where intended == content: break
    case .written, .interrupted: Issue.record("\(range(of: unit)) is written twice")
    }
  }

  // MARK: - Power

  /// Nil if the operation may go on to its end; otherwise power has just failed.
  private func begin(_ operation: Operation) throws(FlashError) -> Tear? {
    guard isPowered else { throw .failed }
    if let cut, cut.operation == operations.count {
      isPowered = false
      return cut.tear
    }
    operations.append(operation)
    return nil
  }

  /// What of `range` is done, and the write unit at the edge of it.
  private static func torn(_ range: Range<Int>, _ tear: Tear) -> (done: Range<Int>, between: Int?) {
    let half = range.count / 2 / unitSize * unitSize
    switch tear {
    case .nothing:
      return (range.lowerBound..<range.lowerBound, nil)
    case .firstHalf:
      let edge = range.lowerBound + half
      return (range.lowerBound..<edge, edge / unitSize)
    case .secondHalf:
      let edge = range.upperBound - half
      return (edge..<range.upperBound, edge / unitSize - 1)
    }
  }

  // MARK: - Cells

  private func clear(_ range: Range<Int>) {
    for unit in Self.units(in: range) {
      units[unit] = .erased
      let content: [UInt8] =
        switch kind {
        case .plain: Array(repeating: 0xFF, count: Self.unitSize)
        case .encrypted: garbage.bytes(Self.unitSize)
        }
      bytes.replaceSubrange(self.range(of: unit), with: content)
    }
  }

  private func garble(_ unit: Int, _ state: Unit) {
    bytes.replaceSubrange(range(of: unit), with: garbage.bytes(Self.unitSize))
    units[unit] = state
  }

  private static func units(in range: Range<Int>) -> Range<Int> {
    range.lowerBound / unitSize..<range.upperBound / unitSize
  }

  private func range(of unit: Int) -> Range<Int> {
    unit * Self.unitSize..<min((unit + 1) * Self.unitSize, bytes.count)
  }
}

/// A small generator whose sequence is the same everywhere (Steele, Lea, Flood: SplitMix64).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
      var word = next()
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
    }
    return Array(bytes.prefix(count))
  }
}
