/// The label of a flash partition: 1 to 16 bytes, as ESP-IDF's partition table has them
/// (`esp_partition_info_t.label`).
public struct PartitionLabel: Sendable {
  /// The bytes, then NULs.
  public private(set) var bytes: InlineArray<17, UInt8> = .init(repeating: 0)
  /// Number of bytes before the first NUL.
  public private(set) var count = 0

  /// A place for a label: names no partition.
  public init() {}

  /// Nil if `bytes` is empty, longer than 16, or contains a NUL.
  public init?(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
    for index in bytes.indices {
      guard bytes[index] != 0 else { return nil }
      self.bytes[index] = bytes[index]
    }
    count = bytes.count
  }

  /// Nil if `label` is empty or longer than 16 bytes.
  @unsafe public init?(cString label: UnsafePointer<CChar>) {
    while count <= 16 {
      // Safety: no byte after the first NUL is read.
      let byte = unsafe UInt8(bitPattern: label[count])
      if byte == 0 { break }
      guard count < 16 else { return nil }
      bytes[count] = byte
      count += 1
    }
    guard count > 0 else { return nil }
  }
}

extension PartitionLabel: Equatable {
  /// Whether all bytes are the same.
  public static func == (left: PartitionLabel, right: PartitionLabel) -> Bool {
    for index in left.bytes.indices where left.bytes[index] != right.bytes[index] { return false }
    return true
  }
}
