import HotReloadLoader
import HotReloadPort
import HotReloadStore

/// Why the runtime did not do as asked.
public enum RuntimeError: Error, Equatable, Sendable {
  /// No module is loaded.
  case nothingLoaded
  /// No partition of this label.
  case unknownPartition
  /// The partition holds no valid image.
  case noImage
  /// The firmware was built without a module for this partition.
  case noSymbolTable
  /// The port names a chip that the loader does not know; the payload is its `esp_chip_id_t`.
  case unknownChip(UInt16)
  /// The module was built for another firmware; the payload is the beginning of both build-IDs.
  case wrongFirmware(found: UInt32, running: UInt32)
  /// The module exports other functions than the firmware's stubs call.
  case exportsChanged
  /// The module is older than the stored one.
  case older
  /// The upload is the difference to an image that is not there.
  case noBase
  /// The upload does not decode to what it promises.
  case badEncoding
  /// The image is none that this chip can load.
  case image(LoaderError)
  /// A function of the module said no to being loaded; the payload is what it returned.
  case refused(Int32)
  /// The image was on trial when the firmware crashed.
  case rolledBack
  /// A task is inside a module that would go.
  case unsafePoint
  /// No memory, or none that can be executed.
  case memory(MemoryError)
  /// The store refused or failed.
  case store(StoreError)
  /// The server runs already.
  case serverRunning
  /// The server does not run.
  case serverStopped
  /// The platform's HTTP server did not start.
  case notListening
  /// Somebody else listens on this TCP port.
  case portInUse(UInt16)
  /// The platform has no HTTP server to attach to.
  case notAttachable

  /// Whether trying this image again cannot succeed: it is at fault itself, or its flash takes no mark any more.
  var condemnsImage: Bool {
    switch self {
    // The port's memory does not fit; another block may.
    case .image(.wrongExecutableOffset), .image(.blockTooSmall), .image(.blockMisaligned): false
    case .image, .refused, .store(.flashNotAsWritten): true
    default: false
    }
  }
}

extension BuildID {
  /// The first four bytes as people read them.
  var prefix: UInt32 {
    UInt32(bytes[0]) &<< 24 | UInt32(bytes[1]) &<< 16 | UInt32(bytes[2]) &<< 8 | UInt32(bytes[3])
  }
}
