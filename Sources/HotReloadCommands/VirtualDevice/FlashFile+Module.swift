import HotReloadBuild

extension FlashFile.Content {
  /// A partition as freshly flashed with a module's image (docs/STORE.md).
  init(
    _ partition: BoardDescriptor.Partition, image: [UInt8]
  ) throws(CommandFailure) {
    guard let size = UInt32(exactly: partition.size),
      let eraseSize = UInt32(exactly: partition.eraseSize)
    else {
      throw CommandFailure(.failure, "partition '\(partition.label)' is larger than 4 GiB")
    }
    do throws(BuildFailure) {
      let bytes = try PartitionImage.bytes(
        image: image,
        partition: .init(label: partition.label, size: size, eraseSize: eraseSize))
      self.init(partition: partition.label, bytes: bytes)
    } catch {
      throw CommandFailure(error)
    }
  }
}
