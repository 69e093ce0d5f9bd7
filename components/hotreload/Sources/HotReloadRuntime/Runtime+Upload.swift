import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Begins the upload for `uploadLabel`.
  @inline(never)
  mutating func begin() throws(RuntimeError) {
    _ = try index(of: uploadLabel)
    encoded.isOpen = server.upload.isEncoded
    if !encoded.isOpen { try makeRoom(for: server.upload.length) }
  }

  /// Makes room for the image that is uploaded: in the slot that is not in use, or in RAM.
  @inline(never)
  mutating func makeRoom(for length: UInt32) throws(RuntimeError) {
    let stage = server.upload.stage
    guard stage == .flash else {
      return try beginInRAM(length: length, isForFlash: stage == .ram)
    }
    let store = try store(of: uploadLabel)
    do throws(StoreError) {
      upload = try store.stage(length: length, in: &flash)
    } catch {
      throw .store(error)
    }
  }

  /// Stores the next bytes of the upload.
  mutating func write(_ bytes: Span<UInt8>) throws(RuntimeError) {
    if encoded.isOpen { return try decode(bytes) }
    // Safety: `bytes` is unsafe for elements with padding; a byte has none.
    let bytes = unsafe bytes.bytes
    if images[Self.uploading].isPresent { return try writeToRAM(bytes) }
    try writeToFlash(bytes)
  }

  /// Stores the next bytes of the image. Throws `store`.
  @inline(never)
  mutating func writeToFlash(_ bytes: RawSpan) throws(RuntimeError) {
    do throws(StoreError) {
      guard try upload?.write(bytes, to: &flash) != nil else { throw .imageIncomplete }
    } catch {
      throw .store(error)
    }
  }

  /// Checks what was uploaded and makes it the partition's current image. An image that this device
  /// could not load, or that belongs to another firmware, never becomes visible.
  @inline(never)
  mutating func finish() throws(RuntimeError) {
    let index = try index(of: uploadLabel)
    // Only `body` authentication can be replayed; a nonce makes every challenge upload a new one.
    let oldest = device.authentication == .body ? try newestSequence(index) : 0
    if encoded.isOpen { try finishDecoding() }
    if images[Self.uploading].isPresent {
      try withImage(Self.uploading) { bytes, runtime throws(RuntimeError) in
        try runtime.checkDecoded(runtime.digest(of: bytes))
        try runtime.check(bytes, index, noOlderThan: oldest)
      }
      freeImage(index)
      images[index] = images[Self.uploading]
      images[Self.uploading] = RAMImage()
    } else {
      try finishInFlash(index, noOlderThan: oldest)
      freeImage(index)
    }
    endDecoding()
    setPending(true, index)
  }

  private mutating func finishInFlash(
    _ index: Int, noOlderThan oldest: UInt64
  ) throws(RuntimeError) {
    var failure: RuntimeError?
    do throws(StoreError) {
      guard let staged = try upload?.finish(in: &flash) else { throw .imageIncomplete }
      let flash = flash
      let digest = staged.digest
      try staged.withBytes(in: flash) { bytes in
        do throws(RuntimeError) {
          try checkDecoded(digest)
          try check(bytes, index, noOlderThan: oldest)
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
  }

  /// Throws unless this device could load an image as module `index`: asks everything but the memory.
  @inline(never)
  private mutating func check(
    _ bytes: RawSpan, _ index: Int, noOlderThan oldest: UInt64
  ) throws(RuntimeError) {
    let table = table(index)
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

  /// The sequence of the newest image of module `index`, 0 if it has none.
  private mutating func newestSequence(_ index: Int) throws(RuntimeError) -> UInt64 {
    if images[index].isPresent {
      var sequence: UInt64 = 0
      try withImage(index) { bytes, runtime throws(RuntimeError) in
        sequence = runtime.manifest(of: bytes)?.sequence ?? 0
      }
      return sequence
    }
    let store = try store(of: label(index))
    guard let current = try currentImage(of: store) else { return 0 }
    do throws(StoreError) {
      return try store.withBytes(of: current, in: flash) { manifest(of: $0)?.sequence ?? 0 }
    } catch {
      throw .store(error)
    }
  }
}
