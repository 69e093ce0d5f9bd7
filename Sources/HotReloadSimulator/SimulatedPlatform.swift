import HotReloadPort
import HotReloadSoftwareCrypto

/// The runtime's platform on a computer: all effects simulated, SHA-256 by the chip's own code.
package enum SimulatedPlatform: Platform {
  package typealias Memory = SimulatedMemory
  package typealias Flash = SimulatedFlash
  package typealias Firmware = SimulatedFirmware
  package typealias System = SimulatedSystem
  package typealias Code = SimulatedCode
  package typealias Tasks = SimulatedTasks
  package typealias Hasher = SoftwareSHA256
}
