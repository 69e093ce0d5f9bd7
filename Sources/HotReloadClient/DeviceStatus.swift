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

    public init(id: String, version: String) {
      self.id = id
      self.version = version
    }
  }

  /// One module's partition and what is loaded from it.
  public struct Module: Codable, Equatable, Sendable {
    /// Label of the partition.
    public var partition: String
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
      case partition, loaded, id, sequence, size, slot, address, ram
      case executableAddress = "executable_address"
      case loadMicroseconds = "load_us"
      case swapMicroseconds = "swap_us"
    }

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
  public var firmware: Firmware
  public var authentication: Authentication
  /// Whether a module is stored that was not loaded yet.
  public var pending: Bool
  /// Successful reloads since boot.
  public var reloads: Int
  public var modules: [Module]
  public var lastError: Failure?

  enum CodingKeys: String, CodingKey {
    case server, chip, firmware, pending, reloads, modules
    case authentication = "auth"
    case uptimeMilliseconds = "uptime_ms"
    case bootID = "boot_id"
    case lastError = "last_error"
  }

  /// The module of a partition, nil where the device has none.
  public func module(in partition: String) -> Module? {
    modules.first { $0.partition == partition }
  }
}
