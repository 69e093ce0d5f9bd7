import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Loads the newest valid image of a partition and publishes its functions. A module that runs is
  /// replaced; it stays if anything fails. An image that can never load is marked bad, so that the next
  /// attempt takes the one before it; with nothing running that attempt is made at once.
  ///
  /// Throws `unknownPartition`, `noImage`, `noSymbolTable`, `unknownChip`, `wrongFirmware`, `exportsChanged`,
  /// `image`, `refused`, `unsafePoint`, `memory`, `store`.
  public mutating func load(
    from label: PartitionLabel, capabilities: UInt32 = 0
  ) throws(RuntimeError) {
    _ = try store(of: label)
    let bit = LoadRequest.bit(try index(of: label))
    try load(LoadRequest(tables: bit, required: bit, capabilities: capabilities))
  }

  /// Loads the newest valid images of all partitions that hold one, all of them or none, except for those that run
  /// already; otherwise as `load(from:)`. The new modules are in memory together, beside the old ones.
  public mutating func loadAll() throws(RuntimeError) {
    try load(LoadRequest(tables: .max, required: 0, capabilities: 0))
  }

  /// Loads an image from memory into the symbol table that has its exports. The bytes are not needed
  /// afterwards.
  ///
  /// Throws `noSymbolTable`, `unknownChip`, `wrongFirmware`, `exportsChanged`, `image`, `refused`, `memory`.
  public mutating func load(_ image: RawSpan) throws(RuntimeError) {
    guard countTables() > 0 else { throw .noSymbolTable }
    culprit = index(for: image)
    let bit = LoadRequest.bit(culprit)
    defer { attend() }
    try install(
      image, at: culprit, from: nil,
      LoadRequest(tables: bit, required: bit, capabilities: 0, isFromBuffer: true))
    retire()
  }

  @inline(never)
  private mutating func load(_ request: LoadRequest) throws(RuntimeError) {
    defer { attend() }
    var request = request
    var failure = RuntimeError.noImage
    // Every further attempt has one image less to choose from.
    while true {
      do throws(RuntimeError) {
        try replace(request, from: 0)
        return retire()
      } catch {
        // The image is as good as it was, and waits.
        if case .unsafePoint = error { throw error }
        settle(request)
        if case .noImage = error { throw failure }
        failure = error
        guard try giveUp(culprit, for: error), !modules[culprit].isLoaded else { throw error }
        request.required |= LoadRequest.bit(culprit)
      }
    }
  }

  /// After a failure: what waits to be loaded, so that an application that tries again for as long as something
  /// does comes to an end. The module that failed waits no longer; did it not wait, then none of them does.
  private mutating func settle(_ request: LoadRequest) {
    if modules[culprit].isPending { return setPending(false, culprit) }
    for index in 0..<countTables() where request.includes(index) { setPending(false, index) }
  }

  /// Whether the next attempt to load module `index` will find another image than the one that `error` is about: that is
  /// freed if it is in RAM, and marked bad in flash if it is to blame. A plain one takes no marks.
  @inline(never)
  private mutating func giveUp(_ index: Int, for error: RuntimeError) throws(RuntimeError) -> Bool {
    if images[index].isPresent {
      freeImage(index)
      return true
    }
    guard error.condemnsImage else { return false }
    let store = try store(of: label(index))
    guard let image = try currentImage(of: store), !image.isPlain else { return false }
    try markBad(image, of: store)
    return true
  }

  /// Replaces the modules of `request` from `first` on: prepares one, then the rest, and publishes it when all
  /// of them run.
  ///
  /// All images are lent by the flash at the same time: after the first module has been told to go, nothing may
  /// be missing.
  @inline(never)
  mutating func replace(_ request: LoadRequest, from first: Int) throws(RuntimeError) {
    var index = first
    while index < countTables(), !request.includes(index) { index += 1 }
    guard index < countTables() else { return try handOver(request) }
    culprit = index
    if images[index].isPresent {
      try withImage(index) { bytes, runtime throws(RuntimeError) in
        try runtime.install(bytes, at: index, from: nil, request)
      }
      images[index].isRunning = true
      return
    }
    let store = try store(of: label(index))
    guard let image = try candidate(of: store, index) else {
      if request.requires(index) { throw .noImage }
      return try replace(request, from: index + 1)
    }
    let flash = flash
    var failure: RuntimeError?
    do throws(StoreError) {
      try store.withBytes(of: image, in: flash) { bytes in
        do throws(RuntimeError) {
          try install(bytes, at: index, from: image, request)
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
}
