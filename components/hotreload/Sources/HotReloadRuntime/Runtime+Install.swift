import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadServer

extension Runtime {
  /// Loads an image and keeps what came of it for the status. `slot` is nil for an image from memory.
  ///
  /// Throws `noSymbolTable`, `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `memory`; what ran before
  /// runs on then.
  @inline(never)
  mutating func install(
    _ bytes: RawSpan, label: PartitionLabel, slot: UInt32?, capabilities: UInt32
  ) throws(RuntimeError) {
    do throws(RuntimeError) {
      try replace(with: bytes, label: label, slot: slot, capabilities: capabilities)
      failure = nil
      device.hasFailed = false
    } catch {
      report(error, of: bytes)
      throw error
    }
  }

  /// Logs why the image `bytes` was not loaded and keeps it for the status.
  @inline(never)
  mutating func report(_ error: RuntimeError, of bytes: RawSpan) {
    failure = error
    let refusal = error.refusal
    system.log(refusal, text: symbol.bytes)
    device.hasFailed = true
    device.failure.module = manifest(of: bytes)?.moduleID
    device.failure.refusal = refusal
    device.failure.text = symbol
  }

  /// The transaction: plan, allocate, place, relocate, resolve, hand over; only then publish, and free what ran
  /// before.
  @inline(never)
  private mutating func replace(
    with bytes: RawSpan, label: PartitionLabel, slot: UInt32?, capabilities: UInt32
  ) throws(RuntimeError) {
    let start = system.now()
    let table = try table(of: label)
    let image = try admit(bytes, table: table)
    let block = try allocate(for: image, capabilities: capabilities)
    let successor = image.lifecycleAddress(in: block)
    let ready: UInt64
    do throws(RuntimeError) {
      try fill(block, with: image)
      // Every export is found before the first slot changes.
      try resolve(image, in: block, table: table, publishes: false)
      memory.synchronize(block)
      ready = system.now()
      try handOver(to: successor)
    } catch {
      memory.free(block)
      throw error
    }
    try resolve(image, in: block, table: table, publishes: true)
    retire()
    lifecycle = successor
    modules[0].partition = label
    modules[0].isLoaded = true
    modules[0].module.id = image.manifest?.moduleID
    modules[0].module.sequence = image.manifest?.sequence ?? 0
    modules[0].module.size = UInt32(truncatingIfNeeded: bytes.byteCount)
    modules[0].module.slot = slot
    modules[0].module.block = block
    modules[0].module.loadTime = UInt32(truncatingIfNeeded: ready &- start)
    modules[0].module.swapTime = UInt32(truncatingIfNeeded: system.now() &- ready)
  }

  /// Parses `bytes` for this chip. Throws `unknownChip`, `image`.
  @inline(never)
  @_lifetime(copy bytes)
  mutating func image(of bytes: RawSpan) throws(RuntimeError) -> ModuleImage {
    guard let chip = Chip.withID(firmware.chip) else { throw .unknownChip(firmware.chip) }
    do throws(LoaderError) {
      return try ModuleImage(bytes, chip: chip)
    } catch {
      throw .image(error)
    }
  }

  /// The manifest of an image that may be anything, nil if it has none.
  @inline(never)
  @_lifetime(copy bytes)
  mutating func manifest(of bytes: RawSpan) -> ModuleManifest? {
    do throws(RuntimeError) { return try image(of: bytes).manifest } catch { return nil }
  }

  /// Parses `bytes` for this chip and refuses a module that belongs to another firmware.
  ///
  /// Throws `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`.
  @inline(never)
  @_lifetime(copy bytes)
  mutating func admit(_ bytes: RawSpan, table: P.Firmware.Table) throws(RuntimeError) -> ModuleImage
  {
    let image = try image(of: bytes)
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
      noteSymbol(of: error, in: image)
      throw .image(error)
    }
  }

  /// Keeps the name of the symbol that `error` is about, for as long as people ask.
  @inline(never)
  mutating func noteSymbol(of error: LoaderError, in image: borrowing ModuleImage) {
    symbol.set(Span(_bytes: image.symbolName(of: error).bytes))
  }

  /// Finds the address of every export: by position where the manifest guarantees the order, by name in a plain
  /// shared object. `publishes` says whether the slots are set to them.
  ///
  /// Throws `exportsChanged`, `image`.
  @inline(never)
  mutating func resolve(
    _ image: borrowing ModuleImage, in block: MemoryBlock, table: P.Firmware.Table,
    publishes: Bool
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
      if publishes { table.setSlot(index, to: address) }
    }
  }

  private mutating func address(
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

  /// Frees the module that ran before.
  private mutating func retire() {
    guard modules[0].isLoaded else { return }
    call(lifecycle, .destruct)
    memory.free(modules[0].module.block)
    device.reloads &+= 1
  }

  /// Empties the slots of the module that runs.
  @inline(never)
  mutating func emptySlots() {
    guard let table = firmware.table(of: modules[0].partition) else { return }
    for index in 0..<table.count { table.emptySlot(index) }
  }
}
