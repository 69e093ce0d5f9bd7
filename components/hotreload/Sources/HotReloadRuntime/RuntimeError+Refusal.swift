import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension RuntimeError {
  /// The error for people and programs: in a reply, in the status, and in the log. `%s` stands for the name of the
  /// symbol that the error is about.
  public var refusal: Refusal {
    var refusal = Refusal(code, detail)
    switch self {
    case .unknownChip(let id): refusal.first = UInt32(id)
    case .portInUse(let port): refusal.first = UInt32(port)
    case .wrongFirmware(let found, let running):
      refusal.first = found
      refusal.second = running
    case .refused(let answer): refusal.first = UInt32(bitPattern: answer)
    case .image(let error): (refusal.first, refusal.second) = error.numbers
    default: break
    }
    return refusal
  }

  private var code: RefusalCode {
    switch self {
    case .unknownPartition, .noImage, .noSymbolTable: .notFound
    case .wrongFirmware: .wrongFirmware
    case .exportsChanged: .exportsChanged
    case .older: .older
    case .noBase: .noBase
    case .badEncoding: .badEncoding
    case .rolledBack: .rolledBack
    case .unsafePoint: .unsafePoint
    case .image, .refused: .notLoadable
    case .store(.imageTooLarge), .store(.plainImageInTheWay): .tooLarge
    case .store(.emptyImage): .badRequest
    case .serverRunning: .busy
    case .memory(.outOfMemory): .insufficientStorage
    case .nothingLoaded, .unknownChip, .memory, .store, .serverStopped,
      .notListening, .portInUse, .notAttachable:
      .internal
    }
  }

  private var detail: TextLine {
    switch self {
    case .nothingLoaded: "no module is loaded"
    case .unknownPartition: "no partition of this label: see the partition table"
    case .noImage: "the partition holds no module: flash or upload one"
    case .noSymbolTable: "the firmware has no reloadable component for this partition"
    case .unknownChip: "the port names chip %u, which the loader does not know"
    case .wrongFirmware: "built for firmware %x, but %x is running: rebuild, or flash"
    case .exportsChanged: "the firmware calls other functions: rebuild and flash it"
    case .older: "a newer module is stored"
    case .noBase: "its base is not here: send all of it"
    case .badEncoding: "the body does not decode to its image"
    case .image(let error): error.message
    case .refused: "a HOTRELOAD_ON_LOAD function of the module refused with 0x%x"
    case .rolledBack: "it was on trial"
    case .unsafePoint: "%s"
    case .memory(.outOfMemory): "not enough memory for the module beside the running one"
    case .memory(.notExecutable):
      "no executable memory: turn off memory protection in the configuration"
    case .store(let error): error.message
    case .serverRunning: "the server runs already"
    case .serverStopped: "the server does not run"
    case .notListening: "the HTTP server did not start"
    case .portInUse: "port %u is in use: say another one in hotreload_server_config_t"
    case .notAttachable: "there is no HTTP server to attach to: use hotreload_server_start()"
    }
  }
}
