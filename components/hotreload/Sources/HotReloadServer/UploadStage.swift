/// Where an uploaded module waits to be loaded: the query parameter `stage`.
public enum UploadStage: Equatable, Sendable {
  /// In flash.
  case flash
  /// In RAM; written to flash when the module has proved to be good.
  case ram
  /// In RAM, for as long as the device runs.
  case ramOnly

  /// Nil if `name` is none of the three.
  init?(_ name: Span<UInt8>) {
    if ASCII.equals(name, Self.flash.name) {
      self = .flash
    } else if ASCII.equals(name, Self.ram.name) {
      self = .ram
    } else if ASCII.equals(name, Self.ramOnly.name) {
      self = .ramOnly
    } else {
      return nil
    }
  }

  /// Its name in the query.
  public var name: StaticString {
    switch self {
    case .flash: "flash"
    case .ram: "ram"
    case .ramOnly: "ram-only"
    }
  }
}
