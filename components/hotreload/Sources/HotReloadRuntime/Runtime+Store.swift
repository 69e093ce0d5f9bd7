import HotReloadLoader
import HotReloadPort
import HotReloadStore

extension Runtime {
  /// Stores an image without loading it. The newest valid image stays intact until the new one is
  /// complete. What the image is, is not asked: `load` will say.
  ///
  /// Throws `unknownPartition`, `store`.
  public mutating func update(
    _ label: PartitionLabel, with image: RawSpan
  ) throws(RuntimeError) {
    let store = try store(of: label)
    // Both would go into the same slot: what was still being uploaded has lost.
    upload = nil
    _ = try put(image, in: store)
    if let index = find(label) {
      freeImage(index)
      setPending(true, index)
    }
  }

  /// Makes an image the newest one of a partition. Throws `store`.
  @inline(never)
  mutating func put(
    _ image: RawSpan, in store: ModuleStore<P.Hasher>
  ) throws(RuntimeError) -> StoredImage {
    do throws(StoreError) {
      // An image in memory of 4 GiB would overflow here; on the chip there is none.
      var staging = try store.stage(
        length: UInt32(truncatingIfNeeded: image.byteCount), in: &flash)
      try staging.write(image, to: &flash)
      let staged = try staging.finish(in: &flash)
      return try staged.commit(in: &flash)
    } catch {
      throw .store(error)
    }
  }

  @inline(never)
  mutating func store(of label: PartitionLabel) throws(RuntimeError) -> ModuleStore<P.Hasher> {
    let partition: Partition
    do throws(FlashError) {
      partition = try flash.partition(labelled: label)
    } catch {
      throw .unknownPartition
    }
    do throws(StoreError) { return try ModuleStore(partition) } catch { throw .store(error) }
  }

  mutating func currentImage(of store: ModuleStore<P.Hasher>) throws(RuntimeError) -> StoredImage? {
    do throws(StoreError) { return try store.currentImage(in: flash) } catch { throw .store(error) }
  }

  mutating func markBad(
    _ image: StoredImage, of store: ModuleStore<P.Hasher>
  ) throws(RuntimeError) {
    do throws(StoreError) { try store.markBad(image, in: &flash) } catch { throw .store(error) }
  }
}
