import HotReloadPort

/// A new image on its way into a slot, in constant memory. Nothing of it counts before
/// `StagedImage.commit`: to give up, drop it.
///
/// ```
/// ModuleStore.stage ──▶ Staging ──finish──▶ StagedImage ──commit──▶ StoredImage
///                        │  ▲ write                │ withBytes
///                        └──┘                      └─ drop: the store is as it was
/// ```
public struct Staging<Hasher: SHA256Hasher>: ~Copyable {
  private let store: ModuleStore<Hasher>
  private let slot: Slot
  private let length: UInt32
  private let sequence: UInt64
  private var hasher = Hasher()
  /// Bytes that came; the last `received % 16` of them wait in `carry` for a whole write unit.
  private var received: UInt32 = 0
  private var carry = InlineArray<16, UInt8>(repeating: 0)
  /// Where the next write goes, and how far the slot is erased, from the slot's beginning.
  private var writeOffset = SlotLayout.imageOffset
  private var erasedEnd: UInt32
  /// A write or erase failed: what the slot holds is not known.
  private var hasFailed = false

  /// Erases the slot's first unit, which ends what the slot held.
  init(
    _ store: ModuleStore<Hasher>, _ slot: Slot, length: UInt32, sequence: UInt64,
    _ flash: inout some FlashPort
  ) throws(StoreError) {
    self.store = store
    self.slot = slot
    self.length = length
    self.sequence = sequence
    erasedEnd = store.partition.eraseSize
    try flash.erasing(store.partition, store.layout.offset(of: slot), erasedEnd)
  }

  /// Bytes that are still to come.
  public var remaining: UInt32 { length - received }

  /// Takes the next bytes of the image, any number of them. Erases what they need, just before.
  ///
  /// Throws `StoreError.imageTooLarge` (the bytes are more than `remaining`; none is taken) and
  /// `.flashFailed` (and then again on every call).
  @inline(never)
  public mutating func write(
    _ bytes: RawSpan, to flash: inout some FlashPort
  ) throws(StoreError) {
    guard UInt(bitPattern: bytes.byteCount) <= UInt(remaining) else { throw .imageTooLarge }
    hasher.update(bytes)
    let waiting = Int(truncatingIfNeeded: received % 16)
    received += UInt32(truncatingIfNeeded: bytes.byteCount)

    var rest = bytes
    if waiting > 0 {
      let head = rest.extracting(first: 16 - waiting)
      keep(head, at: waiting)
      guard waiting + head.byteCount == 16 else { return }
      rest = rest.extracting(droppingFirst: head.byteCount)
      let unit = carry
      try program(unit.span.raw, &flash)
    }
    let tail = rest.byteCount % 16
    try program(rest.extracting(droppingLast: tail), &flash)
    keep(rest.extracting(last: tail), at: 0)
  }

  /// Ends the image: writes what waits, padded with zeros, and reads everything back. Nothing can follow: a second
  /// call throws.
  ///
  /// Throws `StoreError.imageIncomplete`, `.flashNotAsWritten`, `.flashFailed`.
  @inline(never)
  public mutating func finish(
    in flash: inout some FlashPort
  ) throws(StoreError) -> StagedImage<Hasher> {
    guard remaining == 0 else { throw .imageIncomplete }
    let waiting = Int(truncatingIfNeeded: received % 16)
    if waiting > 0 {
      for index in waiting..<16 { carry[index] = 0 }
      let unit = carry
      try program(unit.span.raw, &flash)
    }
    guard !hasFailed else { throw .flashFailed }
    hasFailed = true
    let header = SlotHeader(length: length, sequence: sequence, digest: hasher.finalize())
    let staged = StagedImage(store: store, slot: slot, header: header)
    guard
      try store.digest(at: staged.offset, length: length, in: flash)
        .isEqualInConstantTime(to: header.digest)
    else { throw .flashNotAsWritten }
    return staged
  }

  private mutating func keep(_ bytes: RawSpan, at offset: Int) {
    for index in 0..<bytes.byteCount {
      carry[offset + index] = bytes.bytes(at: index, as: UInt8.self)
    }
  }

  /// Writes a multiple of 16 bytes, erase unit by erase unit.
  @inline(never)
  private mutating func program(
    _ bytes: RawSpan, _ flash: inout some FlashPort
  ) throws(StoreError) {
    guard !hasFailed else { throw .flashFailed }
    let begin = store.layout.offset(of: slot)
    var rest = bytes
    hasFailed = true
    while !rest.isEmpty {
      if writeOffset == erasedEnd {
        try flash.erasing(store.partition, begin + erasedEnd, store.partition.eraseSize)
        erasedEnd += store.partition.eraseSize
      }
      let part = rest.extracting(first: Int(truncatingIfNeeded: erasedEnd - writeOffset))
      try flash.writing(part, store.partition, begin + writeOffset)
      writeOffset += UInt32(truncatingIfNeeded: part.byteCount)
      rest = rest.extracting(droppingFirst: part.byteCount)
    }
    hasFailed = false
  }
}
