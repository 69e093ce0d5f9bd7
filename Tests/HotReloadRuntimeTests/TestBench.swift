import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages

/// A device with one partition of two 64 KiB slots and a firmware that calls `greet` and `init`.
struct TestBench {
  static let firmwareID = [UInt8](repeating: 0xF0, count: 32)
  static let key = [UInt8](0..<32)
  static let exports = ["greet", "init"]

  let device: SimulatedDevice
  let label: PartitionLabel

  init(chip: Chip = .esp32c6, seed: UInt64 = 1) {
    let flash = SimulatedFlash([
      .init(label: "hotreload", size: 128 << 10, eraseSize: 4096),
      .init(label: "second", size: 128 << 10, eraseSize: 4096),
      .init(label: "empty", size: 128 << 10, eraseSize: 4096),
      .init(label: "tiny", size: 4096, eraseSize: 4096),
    ])
    let firmware = SimulatedFirmware(
      buildID: Self.firmwareID, chip: chip.id, key: Self.key,
      tables: [
        SimulatedSymbolTable(partition: "hotreload", exports: Self.exports),
        SimulatedSymbolTable(partition: "second", exports: ["other"]),
      ])
    label = Self.label("hotreload")
    device = SimulatedDevice(chip: chip, flash: flash, firmware: firmware, seed: seed)
  }

  /// The label of a partition, known to be well-formed.
  static func label(_ text: String) -> PartitionLabel {
    guard let label = PartitionLabel(text) else { fatalError("not a label: \(text)") }
    return label
  }

  var table: SimulatedSymbolTable { device.firmware.table(at: 0) }

  /// A module for this bench's firmware. Modules with another `version` have another build-ID.
  func module(version: UInt8 = 1, _ change: (inout PackedImageBuilder) -> Void = { _ in })
    -> [UInt8]
  {
    let offset = device.chip.executableOffset
    var builder = PackedImageBuilder.small(executableOffset: offset, chip: device.chip.id)
    builder.elfFlags = device.chip.id == Chip.esp32p4.id ? 0x3 : 0x1
    builder.firmwareID = Self.firmwareID
    builder.moduleID = [UInt8](repeating: version, count: 32)
    builder.sequence = UInt64(version)
    builder.namesHash = table.namesHash
    // `greet` and `init`, in the order of the table.
    builder.exports = [offset + 0x20, offset + 0x30]
    change(&builder)
    return builder.build()
  }

  /// Stores a module as an application would.
  func store(_ image: [UInt8]) throws {
    try device.runtime.update(label, with: image.raw)
  }

  func load() throws { try device.runtime.load(from: label) }

  // What the expectation macros cannot read through a value that is not copyable.
  var running: RunningModule? { device.runtime.running }
  var isUpdateAvailable: Bool { device.runtime.isUpdateAvailable }
  var lastError: RuntimeError? { device.runtime.lastFailure?.error }
  var reloadCount: UInt32 { device.runtime.reloadCount }

  /// The version of the running module, nil if none runs.
  var runningVersion: UInt8? { running?.id?.bytes[0] }
}
