import HotReloadPort
import HotReloadSoftwareCrypto

/// The chip that this firmware runs on, through `hotreload_port.h`.
enum CPlatform: Platform {
  typealias Memory = CMemory
  typealias Flash = CFlash
  typealias Firmware = CFirmware
  typealias System = CSystem
  typealias Code = CCode
  typealias Tasks = CTasks
  #if HOTRELOAD_SOFTWARE_CRYPTO
    typealias Hasher = SoftwareSHA256
  #else
    typealias Hasher = CSHA256
  #endif
}
