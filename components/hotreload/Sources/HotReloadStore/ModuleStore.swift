import HotReloadPort

/// The module images of one partition (docs/STORE.md). It keeps nothing but the geometry: what it
/// says is what the flash says.
public struct ModuleStore<Hasher: SHA256Hasher>: Sendable {
  /// The partition it is in.
  public let partition: Partition
  /// Where its slots are.
  public let layout: SlotLayout

  /// Throws `StoreError.unusablePartition`.
  public init(_ partition: Partition) throws(StoreError) {
    guard let layout = SlotLayout(partition) else { throw .unusablePartition }
    self.partition = partition
    self.layout = layout
  }

  /// The newest valid image, nil if there is none. Its digest has just been checked. Between equal
  /// sequences, which no upload makes, slot 0 wins: it is the one that is flashed.
  ///
  /// Throws `StoreError.flashFailed`.
  public func currentImage(in flash: some FlashPort) throws(StoreError) -> StoredImage? {
    try newestImage(with: .staged, in: flash)
  }

  /// Lends the bytes of `image` to `body`; they are gone when it returns.
  ///
  /// Throws `StoreError.flashFailed`.
  public func withBytes<Value>(
    of image: StoredImage, in flash: some FlashPort, _ body: (RawSpan) -> Value
  ) throws(StoreError) -> Value {
    try flash.reading(partition, image.offset, image.length, body)
  }

  /// Begins a new image of `length` bytes, and erases the beginning of the slot that it goes into:
  /// not that of the newest confirmed image, and where none is confirmed, not that of the current one.
  ///
  /// Throws `StoreError.emptyImage`, `.imageTooLarge`, `.plainImageInTheWay`, `.flashFailed`.
  @inline(never)
  public func stage(
    length: UInt32, in flash: inout some FlashPort
  ) throws(StoreError) -> Staging<Hasher> {
    guard length > 0 else { throw .emptyImage }
    guard length <= layout.capacity else { throw .imageTooLarge }
    var slot = Slot.first
    var mark = Mark.confirmed
    while true {
      if let kept = try newestImage(with: mark, in: flash) {
        guard !kept.isPlain || kept.length <= layout.slotSize else { throw .plainImageInTheWay }
        slot = kept.slot.other
        break
      }
      if mark.bit == Mark.staged.bit { break }
      mark = .staged
    }
    let previous = try state(of: slot.other, in: flash).header?.sequence ?? 0
    return try Staging(self, slot, length: length, sequence: previous &+ 1, &flash)
  }

  /// Reads the header record and the marks of `slot`.
  @inline(never)
  func state(of slot: Slot, in flash: some FlashPort) throws(StoreError) -> SlotState {
    try flash.reading(partition, layout.offset(of: slot), SlotState.size) { prefix in
      SlotState(prefix, hasher: Hasher.self)
    }
  }

  /// SHA-256 of `length` bytes from `offset` in the partition.
  @inline(never)
  func digest(
    at offset: UInt32, length: UInt32, in flash: some FlashPort
  ) throws(StoreError) -> SHA256Digest {
    try flash.reading(partition, offset, length) { Hasher.digest(of: $0) }
  }

  /// The newest valid image with `mark`, nil if there is none.
  @inline(never)
  private func newestImage(
    with mark: Mark, in flash: some FlashPort
  ) throws(StoreError) -> StoredImage? {
    let first = try state(of: .first, in: flash)
    var slot: Slot = try state(of: .second, in: flash).isNewer(than: first) ? .second : .first
    for _ in 0..<2 {
      if let image = try image(in: slot, with: mark, flash) { return image }
      slot = slot.other
    }
    return try plainImage(in: flash)
  }

  /// The image in `slot`, nil if the slot is not valid or does not have `mark`.
  @inline(never)
  private func image(
    in slot: Slot, with mark: Mark, _ flash: some FlashPort
  ) throws(StoreError) -> StoredImage? {
    let state = try state(of: slot, in: flash)
    guard let header = state.header,
      state.marks & (mark.bit | Mark.staged.bit | Mark.bad.bit) == mark.bit | Mark.staged.bit,
      header.length > 0, header.length <= layout.capacity
    else { return nil }
    let offset = layout.offset(of: slot) + SlotLayout.imageOffset
    guard
      try digest(at: offset, length: header.length, in: flash)
        .isEqualInConstantTime(to: header.digest)
    else { return nil }
    return StoredImage(
      slot: slot, offset: offset, length: header.length, sequence: header.sequence,
      digest: header.digest, isPlain: false, marks: state.marks)
  }
}
