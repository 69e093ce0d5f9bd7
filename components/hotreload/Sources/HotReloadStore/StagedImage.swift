import HotReloadPort

/// A whole image in a slot that does not count yet. It can be looked at, and then committed or
/// dropped.
public struct StagedImage<Hasher: SHA256Hasher>: ~Copyable {
  let store: ModuleStore<Hasher>
  let slot: Slot
  let header: SlotHeader

  /// Where the image begins, in bytes from the beginning of the partition.
  var offset: UInt32 { store.layout.offset(of: slot) + SlotLayout.imageOffset }

  /// Bytes of the image.
  public var length: UInt32 { header.length }
  /// SHA-256 of the image, as it came and as it reads back.
  public var digest: SHA256Digest { header.digest }

  /// Lends the image's bytes to `body`; they are gone when it returns.
  ///
  /// Throws `StoreError.flashFailed`.
  public borrowing func withBytes<Value>(
    in flash: some FlashPort, _ body: (RawSpan) -> Value
  ) throws(StoreError) -> Value {
    try flash.reading(store.partition, offset, length, body)
  }

  /// Makes it the current image: writes the header record, then the mark "staged".
  ///
  /// Throws `StoreError.flashNotAsWritten`, `.flashFailed`. The current image is then the one that it
  /// was, except where only reading back the last write failed.
  @inline(never)
  public consuming func commit(
    in flash: inout some FlashPort
  ) throws(StoreError) -> StoredImage {
    let record = header.encoded(hasher: Hasher.self)
    try flash.writing(record.span.raw, store.partition, store.layout.offset(of: slot))
    try store.write(.staged, in: slot, &flash)
    return StoredImage(
      slot: slot, offset: offset, length: length, sequence: header.sequence, digest: digest,
      isPlain: false, marks: Mark.staged.bit)
  }
}
