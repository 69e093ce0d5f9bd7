import HotReloadPort

/// What `GET /status` says about the device.
public struct DeviceStatus {
  /// Name of the chip.
  public var chip: StaticString = "unknown"
  /// Milliseconds since boot.
  public var uptime: UInt64 = 0
  /// Random at boot.
  public var bootID: UInt64 = 0
  /// Why the chip started.
  public var resetReason = ResetReason.other
  /// Build-ID of the firmware.
  public var firmware = BuildID(bytes: .init(repeating: 0))
  /// The application's version, for people.
  public var firmwareVersion = ShortText()
  /// How uploads are authenticated.
  public var authentication = Authentication.challenge
  /// Whether a module was stored in any partition since the last attempt to load it.
  public var isPending = false
  /// Loads that replaced a module since boot.
  public var reloads: UInt32 = 0
  /// Whether the last load failed.
  public var hasFailed = false
  /// Why, where it did. Not an optional, which would be copied out and in.
  public var failure = ModuleFailure(module: nil, refusal: Refusal(.internal, ""))

  /// A device of which nothing is known.
  public init() {}

  /// Why the last load failed, nil if it did not.
  public var lastError: ModuleFailure? {
    get { hasFailed ? failure : nil }
    set {
      hasFailed = newValue != nil
      if let newValue { failure = newValue }
    }
  }
}

/// A module that could not be loaded.
public struct ModuleFailure {
  /// Nil for an image without a manifest.
  public var module: BuildID?
  /// Why.
  public var refusal: Refusal
  /// What `%s` in the refusal's sentence stands for.
  public var text: ShortText

  /// A failure of `module`.
  public init(module: BuildID?, refusal: Refusal, text: ShortText = ShortText()) {
    self.module = module
    self.refusal = refusal
    self.text = text
  }
}

/// What `GET /status` says about one partition.
public struct ModuleStatus {
  /// Its label.
  public var partition: PartitionLabel
  /// Whether a module was stored since the last attempt to load it.
  public var isPending = false
  /// Whether a module is loaded.
  public var isLoaded = false
  /// Which, where one is. Not an optional, which would be copied out and in.
  public var module = LoadedModule()

  /// The status of `partition` without a module. Not inlined: an array of these would be set up field by field.
  @inline(never)
  public init(partition: PartitionLabel) { self.partition = partition }

  /// The status of `partition` with a module.
  public init(partition: PartitionLabel, module: LoadedModule) {
    self.partition = partition
    self.module = module
    isLoaded = true
  }
}

/// A module in memory.
public struct LoadedModule {
  /// Nil for an image without a manifest.
  public var id: BuildID?
  /// Milliseconds since 1970 at pack, 0 without a manifest.
  public var sequence: UInt64 = 0
  /// Bytes of the image.
  public var size: UInt32 = 0
  /// The slot that it was loaded from, nil for a buffer.
  public var slot: UInt32?
  /// Whether it is not yet known to be good.
  public var isOnTrial = false
  /// Its RAM.
  public var block = MemoryBlock(dataAddress: 0, executableAddress: 0, size: 0)
  /// Microseconds to check, place and relocate it.
  public var loadTime: UInt32 = 0
  /// Microseconds to publish it.
  public var swapTime: UInt32 = 0

  /// Nothing yet.
  public init() {}

  /// A loaded module; the fields are explained above.
  public init(
    id: BuildID?, sequence: UInt64, size: UInt32, slot: UInt32?, block: MemoryBlock,
    loadTime: UInt32, swapTime: UInt32
  ) {
    self.id = id
    self.sequence = sequence
    self.size = size
    self.slot = slot
    self.block = block
    self.loadTime = loadTime
    self.swapTime = swapTime
  }
}

/// All that a reply may say about a device, at one moment: more than a kilobyte, filled where it is.
public struct StatusReport: ~Copyable {
  /// The device.
  public var device = DeviceStatus()
  /// Its modules; those from `count` on mean nothing.
  public var modules: InlineArray<8, ModuleStatus> = .init(
    repeating: ModuleStatus(partition: PartitionLabel()))
  /// Number of modules.
  public var count = 0

  /// Of a device of which nothing is known.
  public init() {}
}

extension ResetReason {
  /// Its name in the status.
  public var name: StaticString {
    switch self {
    case .other: "other"
    case .powerOn: "power_on"
    case .external: "external"
    case .software: "software"
    case .crash: "crash"
    case .watchdog: "watchdog"
    case .brownOut: "brown_out"
    }
  }
}
