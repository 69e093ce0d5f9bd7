import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

/// One device: the unchanged runtime over simulated memory, flash, firmware and clock. Many fit into a
/// process.
package final class SimulatedDevice {
  package let chip: Chip
  package private(set) var memory: SimulatedMemory
  package let flash: SimulatedFlash
  package let firmware: SimulatedFirmware
  package let system: SimulatedSystem
  package private(set) var code: SimulatedCode
  package private(set) var tasks: SimulatedTasks
  package var runtime: Runtime<SimulatedPlatform>

  /// A device with 64 KiB of module RAM at the beginning of the chip's data bus.
  ///
  /// - Parameter seed: of its randomness.
  package init(chip: Chip, flash: SimulatedFlash, firmware: SimulatedFirmware, seed: UInt64 = 1) {
    self.chip = chip
    self.flash = flash
    self.firmware = firmware
    system = SimulatedSystem(seed: seed)
    memory = Self.memory(of: chip)
    code = SimulatedCode(memory: memory)
    tasks = SimulatedTasks()
    runtime = Runtime(
      memory: memory, flash: flash, firmware: firmware, system: system, code: code,
      tasks: tasks)
  }

  /// Boots again: RAM is lost but for what is retained, flash stays.
  package func restart(_ reason: ResetReason = .powerOn) {
    system.restart(reason)
    flash.operationsUntilPowerCut = nil
    flash.powerCut = nil
    memory = Self.memory(of: chip)
    code = SimulatedCode(memory: memory)
    tasks = SimulatedTasks()
    firmware.restart()
    runtime = Runtime(
      memory: memory, flash: flash, firmware: firmware, system: system, code: code,
      tasks: tasks)
  }

  private static func memory(of chip: Chip) -> SimulatedMemory {
    SimulatedMemory(chip: chip, size: 64 << 10)
  }
}

/// One HTTP connection to a simulated device.
package final class SimulatedConnection {
  private let device: SimulatedDevice
  private var session = ServerSession()
  private var transport = Transport()

  private struct Transport: TransportPort {
    var bytes: [UInt8] = []
    var isClosed = false

    mutating func send(_ bytes: RawSpan) {
      for index in 0..<bytes.byteCount {
        // Safety: `index` is less than `byteCount`.
        self.bytes.append(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      }
    }

    mutating func close() { isClosed = true }
  }

  package init(to device: SimulatedDevice) { self.device = device }

  /// Whether the device ended the connection.
  package var isClosed: Bool { transport.isClosed }

  /// Sends bytes and returns what the device answers; without bytes, lets deadlines expire.
  package func exchange(_ bytes: [UInt8]) -> String {
    transport.bytes = []
    device.runtime.receive(bytes.span, in: &session, &transport)
    return String(decoding: transport.bytes, as: UTF8.self)
  }

  /// The peer goes away.
  package func drop() { device.runtime.restart(&session) }
}
