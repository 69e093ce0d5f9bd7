import HotReloadPort

/// NOR flash with partitions: erasing sets whole units, writing clears bits and may happen once a byte.
/// Every operation is counted, and power can be cut before or inside any of them.
package final class SimulatedFlash: FlashPort {
  /// A partition by label.
  package struct Area: Sendable {
    package var label: String
    package var size: UInt32
    package var eraseSize: UInt32
    package var kind: FlashCells.Kind

    package init(
      label: String, size: UInt32, eraseSize: UInt32, kind: FlashCells.Kind = .plain
    ) {
      self.label = label
      self.size = size
      self.eraseSize = eraseSize
      self.kind = kind
    }
  }

  /// One erase or write that reached the flash.
  package enum Operation: Equatable, Sendable {
    case erase(offset: UInt32, count: UInt32)
    case write(offset: UInt32, count: UInt32)
  }

  private let areas: [Area]
  private var memory: [FlashCells]
  /// What was done since the log was last emptied.
  package var operations: [Operation] = []
  /// The number of operations after which power fails: the next one is torn and all later ones fail.
  package var operationsUntilPowerCut: Int?
  /// What becomes of that one; nil: the first half is done.
  package var powerCut: PowerCut?
  /// Where a partition is worn out: what is written there from now on changes nothing, and nobody says so.
  package var worn: Range<UInt32> = 0..<0
  /// How often bytes were lent since this was last set.
  package var mappings = 0
  /// The number of mappings after which one fails; later ones work.
  package var mappingsUntilFailure: Int?

  package init(_ areas: [Area]) {
    self.areas = areas
    memory = areas.map { FlashCells(size: Int($0.size), $0.kind) }
  }

  /// Another chip with the same content, and an empty log.
  package init(copying other: SimulatedFlash) {
    areas = other.areas
    memory = other.memory
  }

  /// The bytes of the partition `label`; nil if there is none.
  package func contents(of label: String) -> [UInt8]? {
    guard let index = areas.firstIndex(where: { $0.label == label }) else { return nil }
    return memory[index].bytes
  }

  /// Replaces the first bytes of the partition `label`, as a flash tool would.
  package func flash(_ bytes: [UInt8], to label: String) {
    guard let index = areas.firstIndex(where: { $0.label == label }) else { return }
    memory[index].flash(bytes)
  }

  package func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition {
    for (index, area) in areas.enumerated() where Array(area.label.utf8) == label.array {
      return Partition(handle: UInt(index), size: area.size, eraseSize: area.eraseSize)
    }
    throw .partitionNotFound
  }

  package func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value {
    guard UInt64(offset) + UInt64(count) <= UInt64(partition.size) else { throw .failed }
    mappings += 1
    if let left = mappingsUntilFailure {
      mappingsUntilFailure = left == 0 ? nil : left - 1
      guard left > 0 else { throw .failed }
    }
    let bytes = memory[Int(partition.handle)].bytes
    // Safety: bytes have no padding.
    return body(unsafe bytes.span.bytes.extracting(Int(offset)..<Int(offset) + Int(count)))
  }

  package func erase(
    _ partition: Partition, offset: UInt32, count: UInt32
  ) throws(FlashError) {
    guard offset % partition.eraseSize == 0, count % partition.eraseSize == 0,
      UInt64(offset) + UInt64(count) <= UInt64(partition.size)
    else { throw .failed }
    let cut = try powered(count)
    memory[Int(partition.handle)].erase(Int(offset)..<Int(offset) + Int(count), cut)
    guard cut == nil else { throw .failed }
    operations.append(.erase(offset: offset, count: count))
  }

  package func write(
    _ bytes: RawSpan, to partition: Partition, offset: UInt32
  ) throws(FlashError) {
    let count = UInt32(bytes.byteCount)
    guard offset % 16 == 0, count % 16 == 0,
      UInt64(offset) + UInt64(count) <= UInt64(partition.size)
    else { throw .failed }
    let cut = try powered(count)
    // Safety: the closure gets initialised bytes and copies them.
    let new = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    let isTaken =
      worn.contains(offset)
      || memory[Int(partition.handle)].write(new, at: Int(offset), cut) != nil
    guard isTaken, cut == nil else { throw .failed }
    operations.append(.write(offset: offset, count: count))
  }

  /// Nil if the next operation, of `count` bytes, may go on to its end; otherwise power has just failed.
  private func powered(_ count: UInt32) throws(FlashError) -> PowerCut? {
    guard let left = operationsUntilPowerCut else { return nil }
    guard left >= 0 else { throw .failed }
    operationsUntilPowerCut = left - 1
    return left == 0 ? powerCut ?? .half(of: Int(count) / FlashCells.unitSize) : nil
  }
}

extension PartitionLabel {
  /// The label's bytes.
  package var array: [UInt8] { (0..<count).map { bytes[$0] } }

  /// The label for a Swift string, nil if it is empty or too long.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes.span)
  }
}
