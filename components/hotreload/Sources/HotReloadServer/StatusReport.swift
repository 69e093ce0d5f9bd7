public import HotReloadPort

/// What `GET /status` says about the device.
public struct DeviceStatus {
  /// Name of the chip.
  public var chip: StaticString
  /// Milliseconds since boot.
  public var uptime: UInt64
  /// Random at boot.
  public var bootID: UInt64
  /// Build-ID of the firmware.
  public var firmware: BuildID
  /// The application's version, for people.
  public var firmwareVersion: ShortText
  /// How uploads are authenticated.
  public var authentication: Authentication
  /// Whether a module was stored since the last successful load.
  public var isPending: Bool
  /// Loads that replaced a module since boot.
  public var reloads: UInt32
  /// Why the last load failed, nil if it did not.
  public var lastError: ModuleFailure?

  /// A device's status; the fields are explained above.
  public init(
    chip: StaticString, uptime: UInt64, bootID: UInt64, firmware: BuildID,
    firmwareVersion: ShortText, authentication: Authentication, isPending: Bool, reloads: UInt32,
    lastError: ModuleFailure?
  ) {
    self.chip = chip
    self.uptime = uptime
    self.bootID = bootID
    self.firmware = firmware
    self.firmwareVersion = firmwareVersion
    self.authentication = authentication
    self.isPending = isPending
    self.reloads = reloads
    self.lastError = lastError
  }
}

/// A module that could not be loaded.
public struct ModuleFailure {
  /// Nil for an image without a manifest.
  public var module: BuildID?
  /// Why.
  public var refusal: Refusal

  /// A failure of `module`.
  public init(module: BuildID?, refusal: Refusal) {
    self.module = module
    self.refusal = refusal
  }
}

/// What `GET /status` says about one partition.
public struct ModuleStatus {
  /// Its label.
  public var partition: PartitionLabel
  /// Nil if no module is loaded.
  public var loaded: LoadedModule?

  /// The status of `partition`.
  public init(partition: PartitionLabel, loaded: LoadedModule?) {
    self.partition = partition
    self.loaded = loaded
  }
}

/// A module in memory.
public struct LoadedModule {
  /// Nil for an image without a manifest.
  public var id: BuildID?
  /// Milliseconds since 1970 at pack, 0 without a manifest.
  public var sequence: UInt64
  /// Bytes of the image.
  public var size: UInt32
  /// The slot that it was loaded from, nil for a buffer.
  public var slot: UInt32?
  /// Where its block begins on the data bus.
  public var address: UInt32
  /// Where its block begins on the instruction bus.
  public var executableAddress: UInt32
  /// Bytes of RAM.
  public var memory: UInt32
  /// Microseconds to check, place and relocate it.
  public var loadTime: UInt32
  /// Microseconds to publish it.
  public var swapTime: UInt32

  /// A loaded module; the fields are explained above.
  public init(
    id: BuildID?, sequence: UInt64, size: UInt32, slot: UInt32?, address: UInt32,
    executableAddress: UInt32, memory: UInt32, loadTime: UInt32, swapTime: UInt32
  ) {
    self.id = id
    self.sequence = sequence
    self.size = size
    self.slot = slot
    self.address = address
    self.executableAddress = executableAddress
    self.memory = memory
    self.loadTime = loadTime
    self.swapTime = swapTime
  }
}
