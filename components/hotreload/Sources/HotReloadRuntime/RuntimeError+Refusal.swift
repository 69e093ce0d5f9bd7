import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension RuntimeError {
  /// The error for people and programs: in a reply, in the status, and in the log. `%s` stands for the name of the
  /// symbol that the error is about.
  public var refusal: Refusal {
    switch self {
    case .nothingLoaded: Refusal(.internal, "no module is loaded")
    case .unknownPartition:
      Refusal(.notFound, "no partition of this label: see the partition table")
    case .noImage: Refusal(.notFound, "the partition holds no module: flash or upload one")
    case .noSymbolTable:
      Refusal(.notFound, "the firmware has no reloadable component for this partition")
    case .unknownChip(let id):
      Refusal(.internal, "the port names chip %u, which the loader does not know", UInt32(id))
    case .wrongFirmware(let found, let running):
      Refusal(
        .wrongFirmware, "built for firmware %x, but %x is running: rebuild, or flash", found,
        running)
    case .exportsChanged:
      Refusal(.exportsChanged, "the firmware calls other functions: rebuild and flash it")
    case .older: Refusal(.older, "a newer module is stored")
    case .noBase: Refusal(.noBase, "its base is not here: send all of it")
    case .badEncoding: Refusal(.badEncoding, "the body does not decode to its image")
    case .image(let error):
      Refusal(.notLoadable, error.message, error.numbers.first, error.numbers.second)
    case .refused(let answer):
      Refusal(
        .notLoadable, "a HOTRELOAD_ON_LOAD function of the module refused with 0x%x",
        UInt32(bitPattern: answer))
    case .rolledBack: Refusal(.rolledBack, "it was on trial")
    case .unsafePoint: Refusal(.unsafePoint, "%s")
    case .memory(.outOfMemory):
      Refusal(
        .insufficientStorage, "not enough memory for the module beside the running one")
    case .memory(.notExecutable):
      Refusal(
        .internal, "no executable memory: turn off memory protection in the configuration")
    case .store(let error): Refusal(error.refusalCode, error.message)
    case .serverRunning: Refusal(.busy, "the server runs already")
    case .serverStopped: Refusal(.internal, "the server does not run")
    case .notListening: Refusal(.internal, "the HTTP server did not start")
    case .portInUse(let port):
      Refusal(
        .internal, "port %u is in use: say another one in hotreload_server_config_t",
        UInt32(port))
    case .notAttachable:
      Refusal(
        .internal, "there is no HTTP server to attach to: use hotreload_server_start()")
    }
  }
}

extension StoreError {
  fileprivate var refusalCode: RefusalCode {
    switch self {
    case .imageTooLarge, .plainImageInTheWay: .tooLarge
    case .emptyImage: .badRequest
    default: .internal
    }
  }
}
