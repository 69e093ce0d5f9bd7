import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Loads an image as module `index`, together with those of `request` behind it, and keeps what came of it for
  /// the status. `stored` is nil for an image from memory. What ran before is in `next` afterwards, for `retire`; nothing
  /// if it was spared.
  ///
  /// Throws `unknownPartition`, `noImage`, `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `refused`,
  /// `unsafePoint`, `memory`, `store`; what ran before runs on then.
  @inline(never)
  mutating func install(
    _ bytes: RawSpan, at index: Int, from stored: StoredImage?, _ request: LoadRequest
  ) throws(RuntimeError) {
    do throws(RuntimeError) {
      let start = system.now()
      let image = try admit(bytes, table: table(index))
      if request.sparesCurrent, runs(image, at: index) {
        var rest = request
        rest.required |= LoadRequest.bit(index)
        try replace(rest, from: index + 1)
        return settle(index, isNew: false)
      }
      let exports = try allocateExports(of: image, at: index)
      defer { free(exports) }
      try prepare(image, at: index, exports, capabilities: request.capabilities)
      let loadTime = system.now() &- start
      do throws(RuntimeError) {
        if modules[index].isLoaded { try verifySafePoint(LoadRequest.bit(index)) }
        if !request.isFromBuffer { try beginTrial(stored, index) }
        try replace(request, from: index + 1)
      } catch {
        discard(index)
        throw error
      }
      settle(image, at: index)
      modules[index].module.size = UInt32(truncatingIfNeeded: bytes.byteCount)
      modules[index].module.slot = stored?.slot.rawValue
      modules[index].module.loadTime = UInt32(truncatingIfNeeded: loadTime)
    } catch {
      // The images before it are not to blame.
      if culprit == index { report(error, of: bytes) }
      throw error
    }
  }

  /// Logs why the image `bytes` was not loaded and keeps it for the status.
  mutating func report(_ error: RuntimeError, of bytes: RawSpan) {
    report(error, error.refusal, of: bytes)
  }

  /// The same where `refusal` says more than `error`.
  @inline(never)
  mutating func report(_ error: RuntimeError, _ refusal: Refusal, of bytes: RawSpan) {
    failure = error
    failed = culprit
    system.log(.error, refusal, text: symbol.bytes)
    device.hasFailed = true
    device.failure.module = manifest(of: bytes)?.moduleID
    device.failure.refusal = refusal
    device.failure.text = symbol
  }

  /// Makes a module of the image, in `next`: all of it, with every export found, but nobody told.
  @inline(never)
  private mutating func prepare(
    _ image: borrowing ModuleImage, at index: Int, _ exports: ModuleBlocks, capabilities: UInt32
  ) throws(RuntimeError) {
    let blocks = try allocate(for: image, capabilities: capabilities)
    do throws(RuntimeError) {
      try fill(blocks, with: image)
      let table = table(index)
      for slot in 0..<table.count {
        memory.setWord(
          try address(of: slot, of: table, in: image, blocks),
          at: exports.data.dataAddress &+ 4 &* slot)
      }
    } catch {
      free(blocks)
      throw error
    }
    memory.synchronize(blocks.executed)
    next[index] = ModuleMemory(
      blocks: blocks, code: image.code(in: blocks), build: image.manifest?.moduleID.prefix ?? 0,
      exports: exports.data.dataAddress, lifecycle: image.lifecycleAddress(in: blocks),
      keptTable: blocks.data.dataAddress &+ image.keptTableOffset, keptCount: image.keptCount)
  }

  /// Notes that the image runs as module `index`, which was just published.
  @inline(never)
  private mutating func settle(_ image: borrowing ModuleImage, at index: Int) {
    let isNew = !runs(image, at: index)
    modules[index].module.isOnTrial = current[index].isOnTrial
    current[index].isOnTrial = false
    images[index].isRunning = false
    if modules[index].isLoaded { device.reloads &+= 1 }
    modules[index].isLoaded = true
    modules[index].module.id = image.manifest?.moduleID
    modules[index].module.sequence = image.manifest?.sequence ?? 0
    modules[index].module.block = image.extent(in: current[index].blocks)
    settle(index, isNew: isNew)
    logResets(image, index)
  }

  /// Whether the image is that of module `index`, and runs. What has no manifest is never known to be the same.
  @inline(never)
  private mutating func runs(_ image: borrowing ModuleImage, at index: Int) -> Bool {
    guard modules[index].isLoaded, let manifest = image.manifest else { return false }
    return modules[index].module.id == manifest.moduleID
  }

  /// Notes that the newest image of module `index` runs.
  @inline(never)
  private mutating func settle(_ index: Int, isNew: Bool) {
    // Neither another module nor what ran before undoes a failure; after a rollback that begins to run first.
    if index == failed, modules[index].isPending || isNew && failure != .rolledBack {
      failure = nil
      device.hasFailed = false
    }
    setPending(false, index)
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
      guard table.isListed(in: manifest) else { throw .exportsChanged }
    }
    return image
  }

  private mutating func fill(
    _ blocks: ModuleBlocks, with image: borrowing ModuleImage
  ) throws(RuntimeError) {
    do throws(LoaderError) {
      try image.place(in: blocks, &memory)
      try image.relocate(in: blocks, &memory)
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

  /// Throws unless every export is there: `exportsChanged`, `image`.
  @inline(never)
  mutating func resolve(
    _ image: borrowing ModuleImage, in blocks: ModuleBlocks, table: P.Firmware.Table
  ) throws(RuntimeError) {
    for index in 0..<table.count { _ = try address(of: index, of: table, in: image, blocks) }
  }

  /// Where an export is: by position where the manifest guarantees the order, by name in a plain shared object.
  ///
  /// Throws `exportsChanged`, `image`.
  @inline(never)
  private mutating func address(
    of index: UInt32, of table: P.Firmware.Table, in image: borrowing ModuleImage,
    _ blocks: ModuleBlocks
  ) throws(RuntimeError) -> UInt32 {
    let address: UInt32?
    do throws(LoaderError) {
      address =
        image.manifest == nil
        ? try namedAddress(of: index, of: table, in: image, blocks)
        : try image.exportAddress(at: index, in: blocks)
    } catch {
      throw .image(error)
    }
    guard let address else { throw .exportsChanged }
    return address
  }

  private mutating func namedAddress(
    of index: UInt32, of table: P.Firmware.Table, in image: borrowing ModuleImage,
    _ blocks: ModuleBlocks
  ) throws(LoaderError) -> UInt32? {
    // A closure over a borrowed ~Escapable value cannot throw its typed error here, so it returns it.
    try table.withName(index) { name -> Result<UInt32?, LoaderError> in
      do throws(LoaderError) {
        return .success(try image.exportAddress(named: name, in: blocks))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
