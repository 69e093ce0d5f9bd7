import HotReloadDelta
import HotReloadPort
import HotReloadServer
import HotReloadStore

// Uploads that are decoded on their way (`?encoding=delta`).
//
//   begin ─▶ header ─room, base, window─▶ body ─finish─▶ digest ─▶ as any upload
//
// The image takes shape in a ring of RAM, of which flash gets what is full, or at once where it waits in RAM. The base is lent
// for as long as nothing is written to flash.

extension Runtime {
  /// Takes the next bytes of an encoded body. Throws `noBase`, `badEncoding`, `memory`, `store`.
  @inline(never)
  mutating func decode(_ bytes: Span<UInt8>) throws(RuntimeError) {
    var used = 0
    while true {
      let action = try withBase { base, runtime in
        runtime.produce(bytes, &used, base)
      }
      switch action {
      case .wait: return
      case .begin: try beginDecoding()
      case .append, .copyBase, .copyOutput: try flushWindow()
      case .refuse: throw .badEncoding
      }
    }
  }

  /// Ends the body: the image is complete. Throws `badEncoding`, `store`.
  mutating func finishDecoding() throws(RuntimeError) {
    guard encoded.decoder.isComplete else { throw .badEncoding }
    images[Self.uploading].length = encoded.decoder.length
    try flushWindow()
  }

  /// Throws `badEncoding` if an image came out of decoding that was not what had been encoded.
  @inline(never)
  mutating func checkDecoded(_ digest: SHA256Digest) throws(RuntimeError) {
    guard !encoded.isOpen || encoded.decoder.digest.isEqualInConstantTime(to: digest) else {
      throw .badEncoding
    }
  }

  /// Forgets an encoded upload.
  @inline(never)
  mutating func endDecoding() {
    if encoded.window.size > 0 { memory.free(encoded.window) }
    encoded = EncodedUpload()
  }

  @inline(never)
  mutating func digest(of bytes: RawSpan) -> SHA256Digest {
    var hasher = P.Hasher()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// Knows the header: finds the base, and makes room.
  @inline(never)
  private mutating func beginDecoding() throws(RuntimeError) {
    let length = encoded.decoder.length
    guard length <= server.configuration.maximumLength else { throw .store(.imageTooLarge) }
    if encoded.decoder.hasBase { try findBase() }
    try makeRoom(for: length)
    guard !images[Self.uploading].isPresent else { return }
    do throws(MemoryError) {
      encoded.window = try memory.allocate(
        size: encoded.decoder.windowSize, alignment: 16, capabilities: 0, purpose: .image)
    } catch {
      throw .memory(error)
    }
  }

  /// The base is the image in RAM, or the current one in flash, if the upload does not overwrite it.
  private mutating func findBase() throws(RuntimeError) {
    let index = try index(of: uploadLabel)
    if images[index].isPresent {
      var isBase = false
      withImage(index) { bytes, runtime in
        isBase = runtime.encoded.decoder.isBase(runtime.digest(of: bytes))
      }
      if isBase {
        encoded.base = images[index].block
        encoded.decoder.baseLength = images[index].length
        return
      }
    }
    let store = try store(of: uploadLabel)
    // One that is not confirmed yet would be overwritten.
    guard let image = try currentImage(of: store),
      image.isConfirmed || server.upload.stage != .flash,
      encoded.decoder.isBase(image.digest)
    else { throw .noBase }
    encoded.partition = store.partition
    encoded.baseOffset = image.offset
    encoded.decoder.baseLength = image.length
  }

  /// Lends the base to `body`: no bytes where there is none. Throws `noBase` if it went meanwhile, `store`.
  private mutating func withBase(
    _ body: (RawSpan, inout Self) -> DeltaAction
  ) throws(RuntimeError) -> DeltaAction {
    let length = encoded.decoder.baseLength
    guard length > 0 else { return body(RawSpan(), &self) }
    guard encoded.base.size == 0 else {
      let index = try index(of: uploadLabel)
      guard images[index].block == encoded.base, images[index].length == length else {
        throw .noBase
      }
      let memory = memory
      return memory.withBytes(at: encoded.base.dataAddress, count: length) { body($0, &self) }
    }
    let flash = flash
    do throws(FlashError) {
      return try flash.withMapped(
        encoded.partition, offset: encoded.baseOffset, count: length
      ) { body($0, &self) }
    } catch {
      throw .store(.flashFailed)
    }
  }

  /// Makes what can be made of `bytes` from the one at `used` on, until the window is full (`append`), or something else has
  /// to be done.
  @inline(never)
  private mutating func produce(
    _ bytes: Span<UInt8>, _ used: inout Int, _ base: RawSpan
  ) -> DeltaAction {
    let isInRAM = images[Self.uploading].isPresent
    let block = isInRAM ? images[Self.uploading].block : encoded.window
    while true {
      // Until the header is there, there is no room, and no byte of the image.
      let room = block.size &- encoded.position
      if block.size > 0, room == 0 { return .append }
      if encoded.left > 0 {
        copy(base, block, room)
        continue
      }
      var rest = bytes.extracting(droppingFirst: used)
      if block.size > 0 { rest = rest.extracting(first: Int(truncatingIfNeeded: room)) }
      let step = encoded.decoder.advance(rest)
      let consumed = rest.extracting(first: step.consumed)
      used &+= step.consumed
      switch step.action {
      case .append:
        // Safety: `bytes` is unsafe for elements with padding; a byte has none.
        memory.write(
          unsafe consumed.bytes, at: block.dataAddress &+ encoded.position)
        encoded.position &+= UInt32(truncatingIfNeeded: step.consumed)
      case .copyBase, .copyOutput:
        encoded.left = encoded.decoder.count
        encoded.offset = encoded.decoder.offset
        encoded.isOfBase = step.action == .copyBase
      case .wait:
        if used == bytes.count { return .wait }
      case .begin, .refuse:
        return step.action
      }
    }
  }

  /// Copies some of what is to be copied: no more than there is room for, and so that no copy reaches into itself.
  private mutating func copy(_ base: RawSpan, _ block: MemoryBlock, _ room: UInt32) {
    let position = encoded.position
    let offset = encoded.offset
    var count = min(encoded.left, room)
    if encoded.isOfBase {
      let start = Int(truncatingIfNeeded: offset)
      let bytes = base.extracting(start..<start &+ Int(truncatingIfNeeded: count))
      memory.write(bytes, at: block.dataAddress &+ position)
      encoded.offset = offset &+ count
    } else {
      let source = position >= offset ? position &- offset : position &+ block.size &- offset
      count = min(count, min(block.size &- source, min(offset, block.size &- offset)))
      memory.copy(
        from: block.dataAddress &+ source, to: block.dataAddress &+ position, count: count)
    }
    encoded.position = position &+ count
    encoded.left &-= count
  }

  /// Writes what is in the window to flash. What waits in RAM is where it belongs.
  private mutating func flushWindow() throws(RuntimeError) {
    let count = encoded.position
    encoded.position = 0
    guard encoded.window.size > 0 else { return }
    let memory = memory
    var failure: RuntimeError?
    memory.withBytes(at: encoded.window.dataAddress, count: count) { bytes in
      do throws(RuntimeError) { try writeToFlash(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
