import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Loads the newest valid image of a partition and publishes its functions. A module that runs is
  /// replaced; it stays if anything fails. An image that can never load is marked bad, so that the next
  /// attempt takes the one before it; with nothing running that attempt is made at once.
  ///
  /// Throws `unknownPartition`, `noImage`, `noSymbolTable`, `otherModuleLoaded`, `unknownChip`, `wrongFirmware`,
  /// `exportsChanged`, `image`, `memory`, `store`.
  public mutating func load(
    from label: PartitionLabel, capabilities: UInt32 = 0
  ) throws(RuntimeError) {
    let store = try store(of: label)
    _ = try table(of: label)
    guard !modules[0].isLoaded || modules[0].partition == label else { throw .otherModuleLoaded }
    isUpdateAvailable = false
    var failure = RuntimeError.noImage
    // One attempt for each slot.
    for _ in 0..<2 {
      guard let image = try currentImage(of: store) else { throw failure }
      do throws(RuntimeError) {
        return try load(image, of: store, label: label, capabilities: capabilities)
      } catch {
        failure = error
        guard error.condemnsImage, !image.isPlain else { throw error }
        try markBad(image, of: store)
        guard !modules[0].isLoaded else { throw error }
      }
    }
    throw failure
  }

  /// Loads an image from memory into the symbol table of the running module, or of the firmware's first
  /// one. The bytes are not needed afterwards.
  ///
  /// Throws `noSymbolTable`, `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `memory`.
  public mutating func load(_ image: RawSpan) throws(RuntimeError) {
    guard let label = modules[0].isLoaded ? modules[0].partition : firstLabel else {
      throw .noSymbolTable
    }
    try install(image, label: label, slot: nil, capabilities: 0)
  }

  /// Empties the symbol table and frees the module. Throws `nothingLoaded`.
  public mutating func unload() throws(RuntimeError) {
    guard modules[0].isLoaded else { throw .nothingLoaded }
    call(lifecycle, .unload, UnloadReason.final.rawValue)
    emptySlots()
    call(lifecycle, .destruct)
    memory.free(modules[0].module.block)
    modules[0].isLoaded = false
    modules[0].partition = serverLabel
  }

  @inline(never)
  private mutating func load(
    _ image: borrowing StoredImage, of store: ModuleStore<P.Hasher>, label: PartitionLabel,
    capabilities: UInt32
  ) throws(RuntimeError) {
    let flash = flash
    let slot = image.slot.rawValue
    var failure: RuntimeError?
    do throws(StoreError) {
      try store.withBytes(of: image, in: flash) { bytes in
        do throws(RuntimeError) {
          try install(bytes, label: label, slot: slot, capabilities: capabilities)
        } catch {
          failure = error
        }
      }
    } catch {
      failure = .store(error)
      report(.store(error), of: RawSpan())
    }
    if let failure { throw failure }
  }

  /// The label of the firmware's first module.
  var firstLabel: PartitionLabel? {
    // `mutating`, like everything here: a borrowed `self` would be copied for the call.
    mutating get { firmware.tableCount > 0 ? firmware.table(at: 0).label : nil }
  }

  @inline(never)
  mutating func table(of label: PartitionLabel) throws(RuntimeError) -> P.Firmware.Table {
    guard let table = firmware.table(of: label) else { throw .noSymbolTable }
    return table
  }
}
