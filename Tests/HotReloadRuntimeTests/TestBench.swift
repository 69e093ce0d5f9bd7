import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages

/// A device with partitions of two 64 KiB slots. Its firmware calls `greet` and `init` in `hotreload`, `other` in
/// `second`, and `last` in `third`.
struct TestBench {
  static let firmwareID = [UInt8](repeating: 0xF0, count: 32)
  static let key = [UInt8](0..<32)
  static let exports = ["greet", "init"]
  /// The partitions with a symbol table, in the order of the tables.
  static let partitions = ["hotreload", "second", "third"]

  let device: SimulatedDevice
  let label: PartitionLabel

  /// - Parameter flash: with a first partition of its own geometry, or content; nil: new and erased.
  init(
    chip: Chip = .esp32c6, seed: UInt64 = 1, flash: SimulatedFlash? = nil, key: [UInt8] = key
  ) {
    let flash = flash ?? Self.flash()
    let firmware = SimulatedFirmware(
      buildID: Self.firmwareID, chip: chip.id, key: key,
      tables: [
        SimulatedSymbolTable(partition: "hotreload", exports: Self.exports),
        SimulatedSymbolTable(partition: "second", exports: ["other"]),
        SimulatedSymbolTable(partition: "third", exports: ["last"]),
      ])
    label = Self.label("hotreload")
    device = SimulatedDevice(chip: chip, flash: flash, firmware: firmware, seed: seed)
  }

  /// Erased flash; what is said of `hotreload` does not hold for the other partitions.
  static func flash(
    size: UInt32 = 128 << 10, eraseSize: UInt32 = 4096, kind: FlashCells.Kind = .plain
  ) -> SimulatedFlash {
    SimulatedFlash([
      .init(label: "hotreload", size: size, eraseSize: eraseSize, kind: kind),
      .init(label: "second", size: 128 << 10, eraseSize: 4096),
      .init(label: "third", size: 128 << 10, eraseSize: 4096),
      .init(label: "empty", size: 128 << 10, eraseSize: 4096),
      .init(label: "tiny", size: 4096, eraseSize: 4096),
    ])
  }

  /// The label of a partition, known to be well-formed.
  static func label(_ text: String) -> PartitionLabel {
    guard let label = PartitionLabel(text) else { fatalError("not a label: \(text)") }
    return label
  }

  var table: SimulatedSymbolTable { device.firmware.table(at: 0) }

  /// One chip of each kind: one address space, data and code apart, two buses that modules are not linked for.
  static let chips: [Chip] = [.esp32c6, .esp32, .esp32s2, .esp32s3]

  /// Where the data of a module is linked.
  var dataAddress: UInt32 { device.chip.instructionSet == .xtensa ? 0x1000_0000 : 0 }
  /// Where its code is linked.
  var codeAddress: UInt32 {
    device.chip.instructionSet == .xtensa ? 0x2000_0000 : device.chip.executableOffset + 0x20
  }
  /// The number of blocks of a module.
  var blockCount: Int { device.chip.placement == .split ? 2 : 1 }

  /// A module for this bench's firmware. Modules with another `version` have another build-ID.
  func module(version: UInt8 = 1, _ change: (inout PackedImageBuilder) -> Void = { _ in })
    -> [UInt8]
  {
    let chip = device.chip
    var builder: PackedImageBuilder
    switch chip.instructionSet {
    case .riscv(let floatABI):
      builder = .small(executableOffset: chip.executableOffset, chip: chip.id)
      builder.elfFlags = floatABI == .single ? 0x3 : 0x1
    case .xtensa: builder = .smallXtensa(chip: chip.id)
    }
    builder.firmwareID = Self.firmwareID
    builder.moduleID = [UInt8](repeating: version, count: 32)
    builder.sequence = UInt64(version)
    builder.namesHash = table.namesHash
    // `greet` and `init`, in the order of the table.
    builder.exports = [codeAddress, codeAddress + 0x10]
    change(&builder)
    return builder.build()
  }

  /// A module for the partition of symbol table `index`, which has one export except for the first.
  func module(
    version: UInt8, for index: Int, _ change: (inout PackedImageBuilder) -> Void = { _ in }
  )
    -> [UInt8]
  {
    guard index > 0 else { return module(version: version, change) }
    return module(version: version) {
      $0.namesHash = device.firmware.table(at: UInt32(index)).namesHash
      $0.exports.removeLast()
      change(&$0)
    }
  }

  /// Stores a module as an application would.
  func store(_ image: [UInt8]) throws {
    try device.runtime.update(label, with: image.raw)
  }

  /// Stores a module in the partition of symbol table `index`.
  func store(_ image: [UInt8], in index: Int) throws {
    try device.runtime.update(Self.label(Self.partitions[index]), with: image.raw)
  }

  /// Loads the module of the partition of symbol table `index`.
  func load(_ index: Int) throws {
    try device.runtime.load(from: Self.label(Self.partitions[index]))
  }

  func load() throws { try device.runtime.load(from: label) }

  // What the expectation macros cannot read through a value that is not copyable.
  var running: RunningModule? { device.runtime.running(in: label) }
  var isUpdateAvailable: Bool { device.runtime.isUpdateAvailable }
  var lastError: RuntimeError? { device.runtime.lastFailure?.error }
  var reloadCount: UInt32 { device.runtime.reloadCount }

  /// The version of the running module, nil if none runs.
  var runningVersion: UInt8? { running?.id?.bytes[0] }

  /// The versions of the modules that run, by symbol table.
  var runningVersions: [UInt8?] {
    Self.partitions.map { device.runtime.running(in: Self.label($0))?.id?.bytes[0] }
  }

  /// All slots, by symbol table.
  var slots: [[UInt32?]] { (0..<3).map { device.firmware.table(at: $0).slots } }
}
