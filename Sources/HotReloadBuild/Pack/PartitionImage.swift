import Crypto
import HotReloadPort
import HotReloadStore

/// The bytes of a freshly flashed partition (docs/STORE.md): the image in slot 0, confirmed, and no header in
/// slot 1, so that what was just flashed wins.
public enum PartitionImage {
  /// Whether a partition takes images of `size` bytes.
  ///
  /// - Throws: `badPlan` if the partition has no room for two slots; `partitionTooSmall` if a slot is too
  ///   small.
  static func check(_ size: Int, fits partition: BuildPlan.Partition) throws(BuildFailure) {
    let geometry = Partition(
      handle: 0, size: partition.size, eraseSize: partition.eraseSize)
    guard let layout = SlotLayout(geometry) else {
      throw BuildFailure(
        .other, .badPlan,
        "the partition '\(partition.label)' of \(partition.size) bytes has no room for two modules",
        hint: "make it larger: at least two erase units of \(partition.eraseSize) bytes")
    }
    guard size <= layout.capacity else {
      throw BuildFailure(
        .buildFailed, .partitionTooSmall,
        "the module has \(size) bytes, a slot of the partition '\(partition.label)' takes "
          + "\(layout.capacity)",
        hint: "make the partition larger: it holds two modules")
    }
  }

  /// - Throws: as `check`.
  public static func bytes(
    image: [UInt8], partition: BuildPlan.Partition
  ) throws(BuildFailure) -> [UInt8] {
    try check(image.count, fits: partition)
    let header = SlotHeader(
      length: UInt32(image.count), sequence: 1, digest: CryptoHasher.digest(of: image))
    let prefix = header.flashedPrefix(hasher: CryptoHasher.self)
    var bytes = [UInt8](repeating: 0xFF, count: Int(partition.size))
    for index in prefix.indices { bytes[index] = prefix[index] }
    let start = Int(SlotLayout.imageOffset)
    bytes.replaceSubrange(start..<start + image.count, with: image)
    // The store writes in units of 16 bytes.
    for index in start + image.count..<start + (image.count + 15) / 16 * 16 { bytes[index] = 0 }
    return bytes
  }
}

/// swift-crypto behind the device's crypto port.
private struct CryptoHasher: SHA256Hasher {
  private var hasher = SHA256()

  init() {}

  mutating func update(_ bytes: RawSpan) {
    // Safety: the buffer is read within its bounds, during the call.
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
  }

  mutating func finalize() -> HotReloadPort.SHA256Digest { Self.digest(hasher.finalize()) }

  static func digest(of bytes: [UInt8]) -> HotReloadPort.SHA256Digest {
    digest(SHA256.hash(data: bytes))
  }

  private static func digest(_ digest: some Sequence<UInt8>) -> HotReloadPort.SHA256Digest {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    for (index, byte) in digest.enumerated() { bytes[index] = byte }
    return HotReloadPort.SHA256Digest(bytes: bytes)
  }
}
