import HotReloadLoader
import HotReloadPort

extension Runtime {
  /// The transaction: plan, allocate, place, relocate, resolve; only then publish, and free what ran
  /// before. `slot` is nil for an image from memory.
  ///
  /// Throws `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `memory`; nothing has changed then.
  mutating func install(
    _ bytes: RawSpan, table: P.Firmware.Table, label: PartitionLabel, slot: UInt32?,
    capabilities: UInt32
  ) throws(RuntimeError) {
    let start = system.now()
    let image = try admit(bytes, table: table)
    let block = try allocate(for: image, capabilities: capabilities)
    do throws(RuntimeError) {
      try fill(block, with: image)
      // Every export is found before the first slot changes.
      try resolve(image, in: block, table: table) { _, _ in }
    } catch {
      memory.free(block)
      throw error
    }
    memory.synchronize(block)
    let ready = system.now()
    try resolve(image, in: block, table: table) { table.setSlot($0, to: $1) }
    let manifest = image.manifest
    retire(keeping: label)
    running = RunningModule(
      label: label, block: block, id: manifest?.moduleID, sequence: manifest?.sequence ?? 0,
      imageSize: UInt32(truncatingIfNeeded: bytes.byteCount), slot: slot,
      loadMicroseconds: UInt32(truncatingIfNeeded: ready &- start),
      swapMicroseconds: UInt32(truncatingIfNeeded: system.now() &- ready))
  }

  /// Parses `bytes` for this chip and refuses a module that belongs to another firmware.
  ///
  /// Throws `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`.
  @_lifetime(copy bytes)
  func admit(
    _ bytes: RawSpan, table: P.Firmware.Table
  ) throws(RuntimeError) -> ModuleImage {
    guard let chip = Chip.withID(firmware.chip) else { throw .unknownChip(firmware.chip) }
    let image: ModuleImage
    do throws(LoaderError) {
      image = try ModuleImage(bytes, chip: chip)
    } catch {
      throw .image(error)
    }
    if let manifest = image.manifest {
      guard manifest.firmwareID == firmware.buildID else {
        throw .wrongFirmware(found: manifest.firmwareID.prefix, running: firmware.buildID.prefix)
      }
      guard manifest.exportCount == table.count, manifest.namesHash == table.namesHash else {
        throw .exportsChanged
      }
    }
    return image
  }

  private mutating func allocate(
    for image: borrowing ModuleImage, capabilities: UInt32
  ) throws(RuntimeError) -> MemoryBlock {
    do throws(MemoryError) {
      return try memory.allocate(
        size: image.blockSize, alignment: image.blockAlignment, capabilities: capabilities)
    } catch {
      throw .memory(error)
    }
  }

  private mutating func fill(
    _ block: MemoryBlock, with image: borrowing ModuleImage
  ) throws(RuntimeError) {
    do throws(LoaderError) {
      try image.place(in: block, &memory)
      try image.relocate(in: block, &memory)
    } catch {
      throw .image(error)
    }
  }

  /// Finds the address of every export and hands it to `body` with its index: by position where the
  /// manifest guarantees the order, by name in a plain shared object.
  ///
  /// Throws `exportsChanged`, `image`.
  private func resolve(
    _ image: borrowing ModuleImage, in block: MemoryBlock, table: P.Firmware.Table,
    _ body: (UInt32, UInt32) -> Void
  ) throws(RuntimeError) {
    for index in 0..<table.count {
      let address: UInt32?
      do throws(LoaderError) {
        address =
          image.manifest == nil
          ? try self.address(of: index, of: table, in: image, block)
          : try image.exportAddress(at: index, in: block)
      } catch {
        throw .image(error)
      }
      guard let address else { throw .exportsChanged }
      body(index, address)
    }
  }

  private func address(
    of index: UInt32, of table: P.Firmware.Table, in image: borrowing ModuleImage,
    _ block: MemoryBlock
  ) throws(LoaderError) -> UInt32? {
    // A closure over a borrowed ~Escapable value cannot throw its typed error here, so it returns it.
    try table.withName(index) { name -> Result<UInt32?, LoaderError> in
      do throws(LoaderError) {
        return .success(try image.exportAddress(named: name, in: block))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// Frees the module that ran before; its slots are emptied unless they were just filled again.
  private mutating func retire(keeping label: PartitionLabel) {
    guard let old = running else { return }
    if old.label != label { emptySlots(of: old.label) }
    memory.free(old.block)
    reloadCount &+= 1
  }

  func emptySlots(of label: PartitionLabel) {
    guard let table = firmware.table(of: label) else { return }
    for index in 0..<table.count { table.emptySlot(index) }
  }
}
