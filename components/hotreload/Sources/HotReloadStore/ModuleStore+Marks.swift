import HotReloadPort

extension ModuleStore {
  /// Marks `image` as known to be good. Nothing happens if it is marked already, or plain.
  ///
  /// Throws `StoreError.imageReplaced`, `.flashNotAsWritten`, `.flashFailed`.
  public func confirm(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    if image.isPlain { return }
    try set(.confirmed, of: image, in: &flash)
  }

  /// Marks `image` as one that cannot be used: from now on the other slot's image is the current
  /// one, if it is valid. Nothing happens if it is marked already.
  ///
  /// Throws `StoreError.plainImageHasNoMarks`, `.imageReplaced`, `.flashNotAsWritten`,
  /// `.flashFailed`.
  public func markBad(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    if image.isPlain { throw .plainImageHasNoMarks }
    try set(.bad, of: image, in: &flash)
  }

  /// Writes `mark`. A mark whose write was interrupted is written again: with the same bytes, which
  /// NOR flash allows, encrypted or not.
  @inline(never)
  private func set(
    _ mark: Mark, of image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    let state = try state(of: image.slot, in: flash)
    guard let header = state.header, header.sequence == image.sequence,
      header.digest.isEqualInConstantTime(to: image.digest)
    else { throw .imageReplaced }
    if !state.has(mark) { try write(mark, in: image.slot, &flash) }
  }

  /// Writes `mark` into a slot with a header, and reads both back.
  @inline(never)
  func write(
    _ mark: Mark, in slot: Slot, _ flash: inout some FlashPort
  ) throws(StoreError) {
    try flash.writing(mark.bytes, partition, layout.offset(of: slot) + mark.offset)
    let state = try state(of: slot, in: flash)
    guard state.header != nil, state.has(mark) else { throw .flashNotAsWritten }
  }
}
