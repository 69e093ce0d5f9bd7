import HotReloadServer

/// What `GET /status` says (docs/PROTOCOL.md). Members of newer devices are ignored.
public struct DeviceStatus: Codable, Equatable, Sendable {
  /// How uploads are authenticated.
  public enum Authentication: String, Codable, Sendable {
    /// HMAC over a nonce, the digest, the length and the target: checked before the body.
    case challenge
    /// HMAC over the body, as igrr/hotreload has it.
    case body
  }

  /// The firmware that runs.
  public struct Firmware: Codable, Equatable, Sendable {
    /// Build-ID, 64 hex digits.
    public var id: String
    /// The application's version, for people.
    public var version: String

    /// A firmware's status.
    public init(id: String, version: String) {
      self.id = id
      self.version = version
    }
  }

  /// One module's partition and what is loaded from it.
  public struct Module: Codable, Equatable, Sendable {
    /// Label of the partition.
    public var partition: String
    /// Whether a module was stored since the last attempt to load one; nil where the device says it of all
    /// partitions together only.
    public var pending: Bool?
    /// Whether code of it runs; only then the rest is there.
    public var loaded: Bool
    /// Build-ID, 64 hex digits; empty for an image without a manifest.
    public var id: String?
    /// Milliseconds since 1970 when it was packed.
    public var sequence: UInt64?
    /// Bytes of the image.
    public var size: Int?
    /// The slot that it came from, 0 or 1.
    public var slot: Int?
    /// Whether flash has it, so that a restart brings it back; nil from devices that do not say it.
    public var stored: Bool?
    /// `trial` while it is not known to be good, then `confirmed`; nil from devices that do not say it.
    public var state: String?
    /// Where its data lies, on the data bus.
    public var address: UInt32?
    /// The same memory on the instruction bus.
    public var executableAddress: UInt32?
    /// Bytes of RAM.
    public var ram: Int?
    /// Microseconds from the first check to the last relocation.
    public var loadMicroseconds: Int?
    /// Microseconds to publish the symbol table.
    public var swapMicroseconds: Int?

    enum CodingKeys: String, CodingKey {
      case partition, pending, loaded, id, sequence, size, slot, stored, state, address, ram
      case executableAddress = "executable_address"
      case loadMicroseconds = "load_us"
      case swapMicroseconds = "swap_us"
    }

    /// Whether the device may still go back to the one before it.
    public var isOnTrial: Bool { state == "trial" }

    /// A module without its numbers.
    public init(partition: String, loaded: Bool, id: String? = nil) {
      self.partition = partition
      self.loaded = loaded
      self.id = id
    }
  }

  /// Why the last reload, or the last stored image, failed.
  public struct Failure: Codable, Equatable, Sendable {
    /// Build-ID of the module, 64 hex digits.
    public var module: String
    /// A short code.
    public var error: String
    /// A sentence.
    public var detail: String

    /// The `error` of a module that was on trial when the firmware crashed.
    public static let rolledBack = "rolled_back"
    /// The `error` after a crash that no module of the flash is blamed for.
    public static let crashed = "crashed"

    /// A failure's status.
    public init(module: String, error: String, detail: String) {
      self.module = module
      self.error = error
      self.detail = detail
    }
  }

  /// Name and version of the server.
  public var server: String
  /// Name of the chip.
  public var chip: String
  /// Milliseconds since boot.
  public var uptimeMilliseconds: UInt64
  /// Random at boot: another value is another boot.
  public var bootID: String
  /// Why the chip started, a word of docs/PROTOCOL.md; nil from devices that do not say it.
  public var reset: String?
  /// The firmware that runs.
  public var firmware: Firmware
  /// How uploads are authenticated.
  public var authentication: Authentication
  /// How uploads may be encoded; nil from devices that take images as they are.
  public var encodings: [String]?
  /// Whether a module is stored that was not loaded yet.
  public var pending: Bool
  /// Successful reloads since boot.
  public var reloads: Int
  /// One for each of the firmware's partitions.
  public var modules: [Module]
  /// Nil if nothing failed since the last success.
  public var lastError: Failure?

  /// A status of one's own.
  public init(
    server: String, chip: String, uptimeMilliseconds: UInt64, bootID: String, firmware: Firmware,
    authentication: Authentication, pending: Bool, reloads: Int, modules: [Module],
    lastError: Failure?
  ) {
    self.server = server
    self.chip = chip
    self.uptimeMilliseconds = uptimeMilliseconds
    self.bootID = bootID
    self.firmware = firmware
    self.authentication = authentication
    self.pending = pending
    self.reloads = reloads
    self.modules = modules
    self.lastError = lastError
  }

  enum CodingKeys: String, CodingKey {
    case server, chip, firmware, encodings, pending, reloads, modules, reset
    case authentication = "auth"
    case uptimeMilliseconds = "uptime_ms"
    case bootID = "boot_id"
    case lastError = "last_error"
  }

  /// The member of `encodings` for the bodies of docs/PROTOCOL.md, "Encoded bodies".
  public static let deltaEncoding = WireValue.delta.description

  /// Whether something stored in a partition was not tried to load yet.
  public func isPending(in partition: String) -> Bool {
    module(in: partition)?.pending ?? pending
  }

  /// The module of a partition, nil where the device has none.
  public func module(in partition: String) -> Module? {
    modules.first { $0.partition == partition }
  }
}
