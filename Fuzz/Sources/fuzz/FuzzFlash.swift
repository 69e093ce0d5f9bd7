import HotReloadPort

/// One flash partition with any contents: writing clears bits. An access outside of it, or of parts of units, stops the
/// process. Power can fail at an operation, which is then half done, like every one after it.
final class FuzzFlash: FlashPort {
  var bytes: [UInt8]
  let partition: Partition
  /// What erased flash reads as: with flash encryption not 0xFF.
  let erased: UInt8
  /// Operations until power fails; nil: it does not.
  var operationsLeft: Int?
  /// Where something was written or erased since this was emptied.
  var touched: [Range<Int>] = []

  init(size: UInt32, eraseSize: UInt32, erased: UInt8) {
    partition = Partition(handle: 1, size: size, eraseSize: eraseSize)
    self.erased = erased
    bytes = [UInt8](repeating: erased, count: Int(size))
  }

  func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition { partition }

  func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value {
    let range = range(offset, Int(count))
    let bytes = bytes
    // Safety: bytes have no padding.
    return body(unsafe bytes.span.bytes.extracting(range))
  }

  func erase(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError) {
    let unit = partition.eraseSize
    require(offset % unit == 0 && count % unit == 0, "erases whole units: \(count) from \(offset)")
    try change(range(offset, Int(count))) { _ in erased }
  }

  func write(_ source: RawSpan, to partition: Partition, offset: UInt32) throws(FlashError) {
    let count = source.byteCount
    require(offset % 16 == 0 && count % 16 == 0, "writes 16 bytes: \(count) from \(offset)")
    let start = Int(offset)
    // Safety: `change` asks for the bytes of the range only.
    try change(range(offset, count)) { place in
      let byte = unsafe source.unsafeLoad(fromByteOffset: place - start, as: UInt8.self)
      // Encrypted flash reads as it likes: it takes what was erased.
      return erased == 0xFF ? bytes[place] & byte : byte
    }
  }

  private func change(_ range: Range<Int>, _ value: (Int) -> UInt8) throws(FlashError) {
    touched.append(range)
    if let left = operationsLeft {
      guard left >= 0 else { throw .failed }
      operationsLeft = left - 1
      if left == 0 {
        for place in range.prefix(range.count / 2) { bytes[place] = value(place) }
        throw .failed
      }
    }
    for place in range { bytes[place] = value(place) }
  }

  private func range(_ offset: UInt32, _ count: Int) -> Range<Int> {
    require(
      count >= 0 && Int(offset) + count <= bytes.count,
      "stays in the partition: \(count) from \(offset)")
    return Int(offset)..<Int(offset) + count
  }
}
