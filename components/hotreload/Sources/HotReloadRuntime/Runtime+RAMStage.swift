import HotReloadPort
import HotReloadServer
import HotReloadStore

// Images that are staged in RAM: run first, written to flash when they have proved to be good, lost by a restart.
//
//   begin ─▶ uploading ─finish─▶ waiting ─load─▶ running ─confirmed─▶ in flash, freed
//                │                  │  ▲            │ │
//                │ discard          │  └── unload ──┘ └─ flash fails, `ram-only` ─▶ stays, for the next load
//                ▼                  ▼ load fails
//              freed              freed: what flash holds is next
//
// A newer image of the same partition, wherever it is staged, frees the one that is there.

extension Runtime {
  /// Where in `images` the image is that is being uploaded.
  static var uploading: Int { 8 }

  /// Makes room in RAM for an upload. Throws `memory`, `store`.
  @inline(never)
  mutating func beginInRAM(length: UInt32, isForFlash: Bool) throws(RuntimeError) {
    if isForFlash, length > (try store(of: uploadLabel)).layout.capacity {
      throw .store(.imageTooLarge)
    }
    // No more than 16 MiB are asked for, as of the loader: see docs/PORTING.md.
    guard length <= 16 << 20 else { throw .memory(.outOfMemory) }
    do throws(MemoryError) {
      images[Self.uploading].block = try memory.allocate(
        size: (length &+ 15) & ~15, alignment: 16, capabilities: 0, purpose: .image)
    } catch {
      throw .memory(.outOfMemory)
    }
    images[Self.uploading].isForFlash = isForFlash
  }

  /// Keeps the next bytes of the upload. Throws `store`.
  mutating func writeToRAM(_ bytes: RawSpan) throws(RuntimeError) {
    let offset = images[Self.uploading].length
    let count = UInt32(truncatingIfNeeded: bytes.byteCount)
    guard count <= images[Self.uploading].block.size &- offset else { throw .store(.imageTooLarge) }
    memory.write(bytes, at: images[Self.uploading].block.dataAddress &+ offset)
    images[Self.uploading].length = offset &+ count
  }

  /// Gives up the upload that is under way, if there is one.
  @inline(never)
  mutating func dropUpload() {
    upload = nil
    endDecoding()
    freeImage(Self.uploading)
  }

  /// Frees the image that module `index` has in RAM, if it has one. What runs goes on: it is a copy.
  @inline(never)
  mutating func freeImage(_ index: Int) {
    if images[index].isPresent { memory.free(images[index].block) }
    images[index] = RAMImage()
  }

  /// Lends an image in RAM to `body`, which does not free it. Throws what `body` throws.
  @inline(never)
  mutating func withImage<Failure: Error>(
    _ index: Int, _ body: (RawSpan, inout Self) throws(Failure) -> Void
  ) throws(Failure) {
    let memory = memory
    let image = images[index]
    var failure: Failure?
    memory.withBytes(at: image.block.dataAddress, count: image.length) { bytes in
      do throws(Failure) { try body(bytes, &self) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Whether to write what runs from RAM into flash would end an upload that is under way.
  var isUploadInTheWay: Bool {
    guard upload != nil else { return false }
    for index in 0..<8 where images[index].isRunning && images[index].isForFlash { return true }
    return false
  }

  /// Writes what module `index` runs from RAM into flash, as a confirmed image, and frees it. What the flash does not take
  /// stays in RAM: that is said, and not tried again. Throws `unknownPartition`, `store`.
  @inline(never)
  mutating func storeImage(_ index: Int) throws(RuntimeError) {
    culprit = index
    images[index].isForFlash = false
    try withImage(index) { bytes, runtime throws(RuntimeError) in
      do throws(RuntimeError) {
        try runtime.storeConfirmed(bytes, index)
      } catch {
        runtime.report(error, of: bytes)
        throw error
      }
    }
    freeImage(index)
  }

  private mutating func storeConfirmed(_ image: RawSpan, _ index: Int) throws(RuntimeError) {
    let store = try store(of: label(index))
    // As in `update`: both would go into the same slot.
    upload = nil
    let stored = try put(image, in: store)
    modules[index].module.slot = stored.slot.rawValue
    do throws(StoreError) { try store.confirm(stored, in: &flash) } catch { throw .store(error) }
  }
}
