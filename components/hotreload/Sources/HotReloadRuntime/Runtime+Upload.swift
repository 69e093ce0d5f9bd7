import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Makes room for an upload in the slot that is not in use.
  @inline(never)
  mutating func begin(_ label: PartitionLabel, length: UInt32) throws(RuntimeError) {
    _ = try index(of: label)
    let store = try store(of: label)
    do throws(StoreError) {
      uploadLabel = label
      upload = try store.stage(length: length, in: &flash)
    } catch {
      throw .store(error)
    }
  }

  /// Stores the next bytes of the upload.
  mutating func write(_ bytes: Span<UInt8>) throws(RuntimeError) {
    do throws(StoreError) {
      // Safety: `bytes` is unsafe for elements with padding; a byte has none.
      guard try upload?.write(unsafe bytes.bytes, to: &flash) != nil else {
        throw .imageIncomplete
      }
    } catch {
      throw .store(error)
    }
  }

  /// Checks what was uploaded and makes it the partition's current image. An image that this device
  /// could not load, or that belongs to another firmware, never becomes visible.
  @inline(never)
  mutating func finish() throws(RuntimeError) {
    // Only `body` authentication can be replayed; a nonce makes every challenge upload a new one.
    let oldest = device.authentication == .body ? try newestSequence(in: uploadLabel) : 0
    var failure: RuntimeError?
    do throws(StoreError) {
      guard let staged = try upload?.finish(in: &flash) else { throw .imageIncomplete }
      let flash = flash
      try staged.withBytes(in: flash) { bytes in
        do throws(RuntimeError) {
          try check(bytes, for: uploadLabel, noOlderThan: oldest)
        } catch {
          failure = error
        }
      }
      if failure == nil { _ = try staged.commit(in: &self.flash) }
    } catch {
      failure = .store(error)
    }
    if let failure { throw failure }
    upload = nil
    setPending(true, try index(of: uploadLabel))
  }

  /// Throws unless this device could load an image: asks everything but the memory.
  @inline(never)
  private mutating func check(
    _ bytes: RawSpan, for label: PartitionLabel, noOlderThan oldest: UInt64
  ) throws(RuntimeError) {
    let table = table(try index(of: label))
    let image = try admit(bytes, table: table)
    if let manifest = image.manifest, manifest.sequence < oldest { throw .older }
    do throws(LoaderError) {
      try image.check()
    } catch {
      noteSymbol(of: error, in: image)
      throw .image(error)
    }
    // Where there is no manifest, the names of the exports decide; any block has them.
    if image.manifest == nil {
      try resolve(image, in: ModuleBlocks(.empty), table: table)
    }
  }

  /// The sequence of the partition's current image, 0 if it has none.
  private mutating func newestSequence(in label: PartitionLabel) throws(RuntimeError) -> UInt64 {
    let store = try store(of: label)
    guard let current = try currentImage(of: store) else { return 0 }
    do throws(StoreError) {
      return try store.withBytes(of: current, in: flash) { manifest(of: $0)?.sequence ?? 0 }
    } catch {
      throw .store(error)
    }
  }
}
