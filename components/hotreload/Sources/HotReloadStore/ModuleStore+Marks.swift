import HotReloadPort

extension ModuleStore {
  /// Notes that `image` is about to run on trial: to be called before the first instruction of it.
  /// False if it has had its three attempts. A mark that does not read back is skipped: an attempt is
  /// never made without a mark that says so.
  ///
  /// Throws `StoreError.imageReplaced`, `.flashFailed`.
  @inline(never)
  public func beginTrial(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) -> Bool {
    for index in Mark.attempts {
      do throws(StoreError) {
        if try set(Mark(index: index), of: image, in: &flash) { return true }
      } catch {
        guard error == .flashNotAsWritten else { throw error }
      }
    }
    return false
  }

  /// Marks `image` as known to be good. Nothing happens if it is marked already, or plain.
  ///
  /// Throws `StoreError.imageReplaced`, `.flashNotAsWritten`, `.flashFailed`.
  public func confirm(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    if image.isConfirmed { return }
    _ = try set(.confirmed, of: image, in: &flash)
  }

  /// Marks `image` as one that cannot be used: from now on the other slot's image is the current
  /// one, if it is valid. Nothing happens if it is marked already. Where the mark does not read back,
  /// the slot is erased: nothing brings the image back.
  ///
  /// Throws `StoreError.imageReplaced`, `.flashFailed`.
  public func markBad(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    do throws(StoreError) {
      _ = try set(.bad, of: image, in: &flash)
    } catch {
      guard error == .flashNotAsWritten else { throw error }
      try flash.erasing(partition, layout.offset(of: image.slot), partition.eraseSize)
    }
  }

  /// Writes `mark`; false if it is set already. A mark whose write was interrupted is written again:
  /// with the same bytes, which NOR flash allows, encrypted or not.
  @inline(never)
  private func set(
    _ mark: Mark, of image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) -> Bool {
    let state = try state(of: image.slot, in: flash)
    guard let header = state.header, header.sequence == image.sequence,
      header.digest.isEqualInConstantTime(to: image.digest)
    else { throw .imageReplaced }
    if state.has(mark) { return false }
    try write(mark, in: image.slot, &flash)
    return true
  }

  /// Writes `mark` into a slot with a header, and reads both back.
  @inline(never)
  func write(
    _ mark: Mark, in slot: Slot, _ flash: inout some FlashPort
  ) throws(StoreError) {
    try flash.writing(Mark.bytes, partition, layout.offset(of: slot) + mark.offset)
    let state = try state(of: slot, in: flash)
    guard state.header != nil, state.has(mark) else { throw .flashNotAsWritten }
  }
}
