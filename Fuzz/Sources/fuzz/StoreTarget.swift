import HotReloadPort
import HotReloadSoftwareCrypto
import HotReloadStore
import TestImages

/// Fills a flash partition as the input says, then uses the store on it: it stays in the partition, names an image only
/// with the digest that it has, and loses none to one that is not whole.
func useStore(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let geometry = script.byte()
  let eraseSize: UInt32 = 512 << UInt32(geometry & 1)
  let size = eraseSize * UInt32(script.byte() % 16) + UInt32(geometry >> 4)
  let flash = FuzzFlash(size: size, eraseSize: eraseSize, erased: geometry & 8 == 0 ? 0xFF : 0xA7)
  guard let store = try? ModuleStore<SoftwareSHA256>(flash.partition) else { return }
  let user = StoreUser(store, flash)
  while !script.isEmpty { user.step(&script) }
}

private final class StoreUser {
  let store: ModuleStore<SoftwareSHA256>
  var flash: FuzzFlash

  init(_ store: ModuleStore<SoftwareSHA256>, _ flash: FuzzFlash) {
    self.store = store
    self.flash = flash
  }

  func step(_ script: inout Script) {
    let operation = script.byte()
    switch operation % 8 {
    case 0: fill(at: Int(script.word()), with: script.bytes(Int(script.byte())))
    case 1: writeHeader(of: operation & 8 == 0 ? .first : .second, &script)
    case 2: writeMark(of: operation & 8 == 0 ? .first : .second, &script)
    case 3: flash.operationsLeft = operation & 8 == 0 ? nil : Int(script.byte() % 32)
    case 4: mark { (image) throws(StoreError) in try store.confirm(image, in: &flash) }
    case 5 where operation & 8 == 0: markBad()
    case 5: mark { (image) throws(StoreError) in try beginTrial(image) }
    default: upload(&script)
    }
    _ = current()
  }

  /// The newest image; its digest is that of its bytes, and they lie in its slot.
  private func current() -> StoredImage? {
    guard let image = try? store.currentImage(in: flash) else { return nil }
    require(image.length > 0, "an image has bytes")
    require(
      UInt64(image.offset) + UInt64(image.length) <= UInt64(flash.partition.size),
      "an image lies in the partition")
    if !image.isPlain {
      let begin = store.layout.offset(of: image.slot)
      require(
        image.offset == begin + SlotLayout.imageOffset && image.length <= store.layout.capacity,
        "an image lies in its slot")
    }
    var hasher = SoftwareSHA256()
    let bytes = flash.bytes[Int(image.offset)..<Int(image.offset + image.length)]
    hasher.update(Array(bytes).raw)
    require(
      hasher.finalize().isEqualInConstantTime(to: image.digest), "the current image has its digest")
    return image
  }

  private func fill(at offset: Int, with bytes: [UInt8]) {
    guard !flash.bytes.isEmpty else { return }
    let start = offset % flash.bytes.count
    for (index, byte) in bytes.enumerated() where start + index < flash.bytes.count {
      flash.bytes[start + index] = byte
    }
  }

  /// A header record with a digest of its own that is right, for an image that may be there.
  private func writeHeader(of slot: Slot, _ script: inout Script) {
    let length = script.word()
    let begin = store.layout.offset(of: slot)
    let available = flash.bytes[Int(begin + SlotLayout.imageOffset)...].prefix(Int(length))
    var hasher = SoftwareSHA256()
    hasher.update(Array(available).raw)
    let header = SlotHeader(
      length: length, sequence: UInt64(script.word()) << 32 | UInt64(script.word()),
      digest: hasher.finalize())
    let record = header.encoded(hasher: SoftwareSHA256.self)
    for index in record.indices { flash.bytes[Int(begin) + index] = record[index] }
  }

  /// Half a mark, as the tool writes it behind the record (`SlotHeader.flashedPrefix`), in the place of any.
  private func writeMark(of slot: Slot, _ script: inout Script) {
    let header = SlotHeader(
      length: 1, sequence: 1, digest: SHA256Digest(bytes: .init(repeating: 0)))
    let prefix = header.flashedPrefix(hasher: SoftwareSHA256.self)
    let first = Int(store.layout.offset(of: slot)) + 96 + 16 * Int(script.byte() % 16)
    for index in 0..<16 { flash.bytes[first + index] = prefix[96 + index] }
  }

  /// An attempt that may be made is marked before it is.
  private func beginTrial(_ image: StoredImage) throws(StoreError) {
    let mayRun = try store.beginTrial(image, in: &flash)
    guard mayRun, let marked = current() else { return }
    require(marked.trialAttempts > image.trialAttempts, "an attempt is marked")
    require(marked.trialAttempts <= 3, "three attempts")
  }

  private func mark(_ body: (StoredImage) throws(StoreError) -> Void) {
    guard let image = current() else { return }
    flash.touched = []
    try? body(image)
    let slot = Int(store.layout.offset(of: image.slot))
    for range in flash.touched {
      require(
        range.lowerBound >= slot + 96 && range.upperBound <= slot + Int(SlotLayout.imageOffset),
        "a mark touches no image and no header: \(range)")
    }
  }

  /// A slot that takes no mark is erased; in any case the image is no longer the current one.
  private func markBad() {
    guard let image = current() else { return }
    flash.touched = []
    let isMarked = (try? store.markBad(image, in: &flash)) != nil
    require(!isMarked || current() != image, "a bad image is not the current one")
    let slot = Int(store.layout.offset(of: image.slot))
    for range in flash.touched {
      require(
        range.lowerBound >= slot && range.upperBound <= slot + Int(store.layout.slotSize),
        "a mark stays in its slot: \(range)")
    }
  }

  private func upload(_ script: inout Script) {
    let before = current()
    let length = script.byte() == 0 ? script.word() : UInt32(script.half() % 2048)
    flash.touched = []
    if let staging = try? store.stage(length: length, in: &flash) {
      receive(staging, length, before, &script)
    }
    guard let before else { return }
    require(current() != nil, "the store does not lose its last image")
    guard before.isConfirmed, !before.isPlain else { return }
    let slot = Int(store.layout.offset(of: before.slot))
    for range in flash.touched {
      require(
        range.upperBound <= slot || range.lowerBound >= slot + Int(store.layout.slotSize),
        "an upload leaves a confirmed image alone: \(range)")
    }
  }

  /// Whether the store is as it was, or has the confirmed image that an upload spares.
  private func isWithoutUpload(_ before: StoredImage?) -> Bool {
    let now = current()
    return now == before || before?.isConfirmed == false && now?.isConfirmed == true
  }

  private func receive(
    _ staging: consuming Staging<SoftwareSHA256>, _ length: UInt32, _ before: StoredImage?,
    _ script: inout Script
  ) {
    var sent: [UInt8] = []
    while sent.count < Int(length) {
      let piece = [UInt8](repeating: script.byte(), count: Int(script.byte()) + 1)
      let isTooLong = sent.count + piece.count > Int(length)
      do throws(StoreError) {
        try staging.write(piece.raw, to: &flash)
        require(!isTooLong, "no more than was announced")
        sent += piece
      } catch {
        if error != .imageTooLarge { return }
        require(isTooLong, "what was announced has room")
        let rest = [UInt8](repeating: 0, count: Int(length) - sent.count)
        guard (try? staging.write(rest.raw, to: &flash)) != nil else { return }
        sent += rest
      }
      require(isWithoutUpload(before), "an upload under way does not count")
    }
    guard let staged = try? staging.finish(in: &flash) else { return }
    require(isWithoutUpload(before), "an upload that is not committed does not count")
    let isPowered = flash.operationsLeft == nil
    if script.byte() % 4 == 0 { return }
    let stored = try? staged.commit(in: &flash)
    guard isPowered else { return }
    guard let stored else { fatalError("broken rule: what was written can be committed") }
    require(current() == stored, "what was committed is the current image")
    require(Array(flash.bytes[Int(stored.offset)...].prefix(sent.count)) == sent, "as it was sent")
  }
}
