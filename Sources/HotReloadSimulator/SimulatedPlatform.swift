import HotReloadPort
import HotReloadSoftwareCrypto

/// The runtime's platform on a computer: all effects simulated, SHA-256 by the chip's own code.
public enum SimulatedPlatform: Platform {
  public typealias Memory = SimulatedMemory
  public typealias Flash = SimulatedFlash
  public typealias Firmware = SimulatedFirmware
  public typealias System = SimulatedSystem
  public typealias Hasher = SoftwareSHA256
}
