import CHotReload
import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadStore

extension RuntimeError {
  /// The error as `hotreload.h` documents it; the values are ESP-IDF's.
  var espError: esp_err_t {
    switch self {
    case .nothingLoaded, .serverRunning, .serverStopped, .older, .unsafePoint:
      ESP_ERR_INVALID_STATE
    case .unknownPartition, .noImage, .noSymbolTable: ESP_ERR_NOT_FOUND
    case .unknownChip, .wrongFirmware, .exportsChanged: ESP_ERR_NOT_SUPPORTED
    case .memory(.outOfMemory): ESP_ERR_NO_MEM
    case .memory(.notExecutable): ESP_ERR_NOT_SUPPORTED
    case .notListening, .portInUse, .refused, .rolledBack, .noBase, .badEncoding: ESP_FAIL
    case .notAttachable: ESP_ERR_NOT_SUPPORTED
    case .image(let error): error.espError
    case .store(let error): error.espError
    }
  }
}

extension LoaderError {
  fileprivate var espError: esp_err_t {
    switch self {
    case .elf(.tooShort): ESP_ERR_INVALID_ARG
    case .noLoadableSegment: ESP_ERR_NOT_FOUND
    default: ESP_ERR_NOT_SUPPORTED
    }
  }
}

extension StoreError {
  fileprivate var espError: esp_err_t {
    switch self {
    case .emptyImage: ESP_ERR_INVALID_ARG
    case .imageTooLarge, .unusablePartition, .plainImageInTheWay: ESP_ERR_INVALID_SIZE
    case .imageIncomplete, .imageReplaced: ESP_ERR_INVALID_STATE
    case .flashNotAsWritten, .flashFailed: ESP_FAIL
    }
  }
}
