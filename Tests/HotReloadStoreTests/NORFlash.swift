import HotReloadPort
import HotReloadSimulator
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

  typealias Kind = FlashCells.Kind

  let partition: Partition
  private var cells: FlashCells
  /// What was done, without the operation that power failed in.
  private(set) var operations: [Operation] = []
  private var cut: (operation: Int, PowerCut)?
  private var isPowered = true
  private var worn = 0..<0

  var bytes: [UInt8] { cells.bytes }

  /// An erased partition of `eraseUnits` units of `eraseSize` bytes.
  init(eraseUnits: Int, eraseSize: Int, _ kind: Kind = .plain) {
    let size = eraseUnits * eraseSize
    partition = Partition(handle: 7, size: UInt32(size), eraseSize: UInt32(eraseSize))
    cells = FlashCells(size: size, kind)
  }

  /// Another chip with the same content, and an empty log.
  init(copying other: NORFlash) {
    partition = other.partition
    cells = other.cells
  }

  func emptyLog() { operations = [] }

  /// Cuts power in the operation after `count` whole ones from now.
  func cutPower(after count: Int, _ cut: PowerCut) { self.cut = (operations.count + count, cut) }

  func restorePower() {
    isPowered = true
    cut = nil
  }

  /// Replaces the beginning, as a flash tool does on a chip without encryption.
  func flash(_ contents: [UInt8]) { cells.flash(contents) }

  /// From now on the 32 bytes at `offset` read as 0 and cannot be written.
  func wearOut(_ offset: Int) {
    worn = offset..<offset + 32
    cells.flash([UInt8](repeating: 0, count: 32), at: offset)
  }

  /// Changes one bit, counted from the beginning of the partition.
  func flip(bit: Int) { cells.flip(bit: bit) }

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
    let cut = try begin(.erase(range))
    cells.erase(range, cut)
    if cut != nil { throw .failed }
  }

  func write(_ bytes: RawSpan, to partition: Partition, offset: UInt32) throws(FlashError) {
    let count = bytes.byteCount
    let range = try checked(partition, offset, count: count, alignment: FlashCells.unitSize)
    // Safety: the closure gets initialised bytes and copies them.
    let new = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    let cut = try begin(.write(range))
    if worn.contains(range.lowerBound) { return }
    if cells.write(new, at: range.lowerBound, cut) == nil {
      Issue.record("a part of \(range) is written twice")
    }
    if cut != nil { throw .failed }
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

  // MARK: - Power

  /// Nil if the operation may go on to its end; otherwise power has just failed.
  private func begin(_ operation: Operation) throws(FlashError) -> PowerCut? {
    guard isPowered else { throw .failed }
    if let cut, cut.operation == operations.count {
      isPowered = false
      return cut.1
    }
    operations.append(operation)
    return nil
  }
}
