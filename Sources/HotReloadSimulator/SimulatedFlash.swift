import HotReloadPort

/// NOR flash with partitions: erasing sets whole units, writing clears bits and may happen once a byte.
/// Every operation is counted, and power can be cut before or inside any of them.
package final class SimulatedFlash: FlashPort {
  /// A partition by label.
  package struct Area: Sendable {
    package var label: String
    package var size: UInt32
    package var eraseSize: UInt32

    package init(label: String, size: UInt32, eraseSize: UInt32) {
      self.label = label
      self.size = size
      self.eraseSize = eraseSize
    }
  }

  /// One erase or write that reached the flash.
  package enum Operation: Equatable, Sendable {
    case erase(offset: UInt32, count: UInt32)
    case write(offset: UInt32, count: UInt32)
  }

  private let areas: [Area]
  private var memory: [[UInt8]]
  /// What was done since the log was last emptied.
  package var operations: [Operation] = []
  /// The number of operations after which power fails: the next one is torn and all later ones fail.
  package var operationsUntilPowerCut: Int?
  /// How often bytes were lent since this was last set.
  package var mappings = 0
  /// The number of mappings after which one fails; later ones work.
  package var mappingsUntilFailure: Int?

  package init(_ areas: [Area]) {
    self.areas = areas
    memory = areas.map { Array(repeating: 0xFF, count: Int($0.size)) }
  }

  /// The bytes of the partition `label`; nil if there is none.
  package func contents(of label: String) -> [UInt8]? {
    guard let index = areas.firstIndex(where: { $0.label == label }) else { return nil }
    return memory[index]
  }

  /// Replaces the first bytes of the partition `label`, as a flash tool would.
  package func flash(_ bytes: [UInt8], to label: String) {
    guard let index = areas.firstIndex(where: { $0.label == label }) else { return }
    memory[index].replaceSubrange(0..<bytes.count, with: bytes)
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
    let bytes = memory[Int(partition.handle)]
    // Safety: bytes have no padding.
    return body(unsafe bytes.span.bytes.extracting(Int(offset)..<Int(offset) + Int(count)))
  }

  package func erase(
    _ partition: Partition, offset: UInt32, count: UInt32
  ) throws(FlashError) {
    guard offset % partition.eraseSize == 0, count % partition.eraseSize == 0,
      UInt64(offset) + UInt64(count) <= UInt64(partition.size)
    else { throw .failed }
    let done = try powered(count)
    for index in Int(offset)..<Int(offset) + Int(done) {
      memory[Int(partition.handle)][index] = 0xFF
    }
    guard done == count else { throw .failed }
    operations.append(.erase(offset: offset, count: count))
  }

  package func write(
    _ bytes: RawSpan, to partition: Partition, offset: UInt32
  ) throws(FlashError) {
    let count = UInt32(bytes.byteCount)
    guard offset % 16 == 0, count % 16 == 0,
      UInt64(offset) + UInt64(count) <= UInt64(partition.size)
    else { throw .failed }
    let done = try powered(count)
    for index in 0..<Int(done) {
      // Safety: `index` is less than `byteCount`.
      let byte = unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      let old = memory[Int(partition.handle)][Int(offset) + index]
      // A mark that was torn is written again with the same bytes.
      guard old == 0xFF || old == byte else { throw .failed }
      memory[Int(partition.handle)][Int(offset) + index] = byte
    }
    guard done == count else { throw .failed }
    operations.append(.write(offset: offset, count: count))
  }

  /// How many of `count` bytes the next operation reaches before power fails.
  private func powered(_ count: UInt32) throws(FlashError) -> UInt32 {
    guard let left = operationsUntilPowerCut else { return count }
    guard left >= 0 else { throw .failed }
    operationsUntilPowerCut = left - 1
    return left == 0 ? count / 2 : count
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
