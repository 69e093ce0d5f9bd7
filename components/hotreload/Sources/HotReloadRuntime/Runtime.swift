import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

/// The life of the reloadable modules of one device: from flash or an upload to running code and back.
///
/// Everything it does to the world goes through the ports of `P`. It allocates nothing but the modules'
/// own memory, and holds no lock: calls must not overlap.
public struct Runtime<P: Platform>: ~Copyable {
  var memory: P.Memory
  var flash: P.Flash
  let firmware: P.Firmware
  var system: P.System
  var code: P.Code
  var tasks: P.Tasks

  // What `GET /status` tells is kept as it is told: a reply copies none of it.
  var device = DeviceStatus()
  /// One for each symbol table of the firmware, in that order; labelled when the server starts.
  var modules: InlineArray<8, ModuleStatus> = .init(
    repeating: ModuleStatus(partition: PartitionLabel()))
  /// The memory of those that run.
  var current: InlineArray<8, ModuleMemory> = .init(repeating: ModuleMemory())
  /// The memory of those that are about to take their places; empty between two calls.
  var next: InlineArray<8, ModuleMemory> = .init(repeating: ModuleMemory())
  /// Whether the tasks have stopped for this runtime.
  var areTasksStopped = false
  /// The last four that were freed, and how many there were.
  var freed: InlineArray<4, FreedCode> = .init(repeating: FreedCode())
  var freedCount = 0
  /// The module that a load under way is about, and failed for if it failed.
  var culprit = 0
  /// Why the last load failed; nil if it did not.
  var failure: RuntimeError?
  /// Whose load it was.
  var failed = 0
  /// What is known of modules on trial.
  var trial = Trial()
  /// The symbol that the last `image` error is about.
  var symbol = ShortText()

  /// Whether the server answers.
  var isServing = false
  var server = ServerState<P.Hasher>()
  /// Where uploads go that name no partition.
  var serverLabel = PartitionLabel()
  /// Images in RAM: one for each symbol table, then the one that is being uploaded.
  var images: InlineArray<9, RAMImage> = .init(repeating: RAMImage())
  /// The upload into flash that is under way. There is at most one upload, whoever sends it.
  var upload: Staging<P.Hasher>?
  /// Where it goes.
  var uploadLabel = PartitionLabel()
  /// What is known of it besides, where its body has to be decoded.
  var encoded = EncodedUpload()

  /// Nothing loaded, no server, on this platform.
  public init(
    memory: P.Memory, flash: P.Flash, firmware: P.Firmware, system: P.System, code: P.Code,
    tasks: P.Tasks
  ) {
    self.memory = memory
    self.flash = flash
    self.firmware = firmware
    self.system = system
    self.code = code
    self.tasks = tasks
  }

  /// Whether an image was stored since the last attempt to load its partition.
  public var isUpdateAvailable: Bool { device.isPending }

  /// Loads since boot that replaced a running module.
  public var reloadCount: UInt32 { device.reloads }

  /// Why the last load failed; nil if it did not.
  public var lastFailure: LoadFailure? {
    failure.map { LoadFailure(module: device.failure.module, error: $0) }
  }

  /// What runs in a partition; nil before its first load and after an unload.
  public mutating func running(in label: PartitionLabel) -> RunningModule? {
    guard let index = find(label), modules[index].isLoaded else { return nil }
    return RunningModule(label: label, module: modules[index].module)
  }
}
