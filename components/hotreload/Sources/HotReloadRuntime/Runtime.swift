import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

/// The life of one reloadable module on one device: from flash or an upload to running code and back.
///
/// Everything it does to the world goes through the ports of `P`. It allocates nothing but the module's
/// own memory, and holds no lock: calls must not overlap.
public struct Runtime<P: Platform>: ~Copyable {
  var memory: P.Memory
  var flash: P.Flash
  let firmware: P.Firmware
  var system: P.System
  var code: P.Code

  // What `GET /status` tells is kept as it is told: a reply copies none of it.
  var device = DeviceStatus()
  /// The one module; its partition is the server's own while nothing runs.
  var modules: InlineArray<1, ModuleStatus> = [ModuleStatus(partition: PartitionLabel())]
  /// Its lifecycle function, 0 if it has none.
  var lifecycle: UInt32 = 0
  /// Why the last load failed; nil if it did not.
  var failure: RuntimeError?
  /// The symbol that the last `image` error is about.
  var symbol = ShortText()

  /// Whether the server answers.
  var isServing = false
  var server = ServerState()
  /// Where uploads go that name no partition.
  var serverLabel = PartitionLabel()
  /// The upload that is under way: at most one, whoever sends it.
  var upload: Staging<P.Hasher>?
  /// Where it goes.
  var uploadLabel = PartitionLabel()

  /// Nothing loaded, no server, on this platform.
  public init(
    memory: P.Memory, flash: P.Flash, firmware: P.Firmware, system: P.System, code: P.Code
  ) {
    self.memory = memory
    self.flash = flash
    self.firmware = firmware
    self.system = system
    self.code = code
  }

  /// Whether an image was stored since the last load.
  public internal(set) var isUpdateAvailable: Bool {
    get { device.isPending }
    set { device.isPending = newValue }
  }

  /// Loads since boot that replaced a running module.
  public var reloadCount: UInt32 { device.reloads }

  /// Why the last load failed; nil if it did not.
  public var lastFailure: LoadFailure? {
    failure.map { LoadFailure(module: device.failure.module, error: $0) }
  }

  /// What runs; nil before the first load and after an unload.
  public var running: RunningModule? {
    guard modules[0].isLoaded else { return nil }
    return RunningModule(label: modules[0].partition, module: modules[0].module)
  }
}
