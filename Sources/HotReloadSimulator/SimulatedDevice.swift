import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

/// One device: the unchanged runtime over simulated memory, flash, firmware and clock. Many fit into a
/// process.
public final class SimulatedDevice {
  public let chip: Chip
  public private(set) var memory: SimulatedMemory
  public let flash: SimulatedFlash
  public let firmware: SimulatedFirmware
  public let system: SimulatedSystem
  public var runtime: Runtime<SimulatedPlatform>

  /// A device with 64 KiB of module RAM at the beginning of the chip's data bus.
  ///
  /// - Parameter seed: of its randomness.
  public init(chip: Chip, flash: SimulatedFlash, firmware: SimulatedFirmware, seed: UInt64 = 1) {
    self.chip = chip
    self.flash = flash
    self.firmware = firmware
    system = SimulatedSystem(seed: seed)
    memory = Self.memory(of: chip)
    runtime = Runtime(memory: memory, flash: flash, firmware: firmware, system: system)
  }

  /// Cuts the power and boots again: RAM is lost, flash stays.
  public func restart() {
    flash.operationsUntilPowerCut = nil
    memory = Self.memory(of: chip)
    firmware.restart()
    system.time = 0
    runtime = Runtime(memory: memory, flash: flash, firmware: firmware, system: system)
  }

  private static func memory(of chip: Chip) -> SimulatedMemory {
    SimulatedMemory(
      base: chip.dataBus.start, size: 64 << 10, executableOffset: chip.executableOffset)
  }
}

/// One HTTP connection to a simulated device.
public final class SimulatedConnection {
  private let device: SimulatedDevice
  private var session = ServerSession<SimulatedPlatform.Hasher>()
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

  public init(to device: SimulatedDevice) { self.device = device }

  /// Whether the device ended the connection.
  public var isClosed: Bool { transport.isClosed }

  /// Sends bytes and returns what the device answers; without bytes, lets deadlines expire.
  public func exchange(_ bytes: [UInt8]) -> String {
    transport.bytes = []
    device.runtime.receive(bytes.span, in: &session, &transport)
    return String(decoding: transport.bytes, as: UTF8.self)
  }

  /// The peer goes away.
  public func drop() { device.runtime.restart(&session) }
}
