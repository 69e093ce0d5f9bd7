import HotReloadLoader
import HotReloadPort
import HotReloadStore

extension Runtime {
  /// Loads the newest valid image of a partition and publishes its functions. A module that runs is
  /// replaced; it stays if anything fails. An image that can never load is marked bad, so that the next
  /// attempt takes the one before it; with nothing running that attempt is made at once.
  ///
  /// Throws `unknownPartition`, `noImage`, `noSymbolTable`, `unknownChip`, `wrongFirmware`,
  /// `exportsChanged`, `image`, `memory`, `store`.
  public mutating func load(
    from label: PartitionLabel, capabilities: UInt32 = 0
  ) throws(RuntimeError) {
    let store = try store(of: label)
    let table = try table(of: label)
    isUpdateAvailable = false
    var failure = RuntimeError.noImage
    // One attempt for each slot.
    for _ in 0..<2 {
      guard let image = try currentImage(of: store) else { throw failure }
      do throws(RuntimeError) {
        try load(image, of: store, table: table, label: label, capabilities: capabilities)
        return
      } catch {
        failure = error
        system.log(error)
        guard error.condemnsImage, !image.isPlain else { throw error }
        try markBad(image, of: store)
        guard running == nil else { throw error }
      }
    }
    throw failure
  }

  /// Loads an image from memory into the symbol table of the running module, or of the firmware's first
  /// one. The bytes are not needed afterwards.
  ///
  /// Throws `noSymbolTable`, `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `memory`.
  public mutating func load(_ image: RawSpan) throws(RuntimeError) {
    guard let label = running?.label ?? firstLabel else { throw .noSymbolTable }
    do throws(RuntimeError) {
      try install(
        image, table: try table(of: label), label: label, slot: nil, capabilities: 0)
      lastFailure = nil
    } catch {
      system.log(error)
      lastFailure = LoadFailure(module: manifest(of: image)?.moduleID, error: error)
      throw error
    }
  }

  /// Empties the symbol table and frees the module. Throws `nothingLoaded`.
  public mutating func unload() throws(RuntimeError) {
    guard let module = running else { throw .nothingLoaded }
    emptySlots(of: module.label)
    memory.free(module.block)
    running = nil
  }

  private mutating func load(
    _ image: StoredImage, of store: ModuleStore<P.Hasher>, table: P.Firmware.Table,
    label: PartitionLabel, capabilities: UInt32
  ) throws(RuntimeError) {
    let flash = flash
    let result: Result<Void, RuntimeError>
    do throws(StoreError) {
      result = try store.withBytes(of: image, in: flash) { bytes in
        do throws(RuntimeError) {
          try install(
            bytes, table: table, label: label, slot: image.slot.rawValue,
            capabilities: capabilities)
          lastFailure = nil
          return .success(())
        } catch {
          lastFailure = LoadFailure(module: manifest(of: bytes)?.moduleID, error: error)
          return .failure(error)
        }
      }
    } catch {
      throw .store(error)
    }
    try result.get()
  }

  /// The label of the firmware's first module.
  var firstLabel: PartitionLabel? {
    firmware.tableCount > 0 ? firmware.table(at: 0).label : nil
  }

  func table(of label: PartitionLabel) throws(RuntimeError) -> P.Firmware.Table {
    guard let table = firmware.table(of: label) else { throw .noSymbolTable }
    return table
  }

  /// The manifest of an image that may be anything, nil if it has none.
  func manifest(of bytes: RawSpan) -> ModuleManifest? {
    guard let chip = Chip.withID(firmware.chip) else { return nil }
    return try? ModuleImage(bytes, chip: chip).manifest
  }
}
