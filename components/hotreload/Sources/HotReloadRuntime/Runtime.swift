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

  /// What runs; nil before the first load and after an unload.
  public internal(set) var running: RunningModule?
  /// Whether an image was stored since the last load.
  public internal(set) var isUpdateAvailable = false
  /// Loads since boot that replaced a running module.
  public internal(set) var reloadCount: UInt32 = 0
  /// Why the last load failed; nil if it did not.
  public internal(set) var lastFailure: LoadFailure?

  /// Nil while the server is stopped.
  var server: RunningServer?
  /// The upload that is under way.
  var upload: Upload?

  /// The upload that is under way: at most one, whoever sends it.
  struct Upload: ~Copyable {
    var staging: Staging<P.Hasher>
    let label: PartitionLabel
  }

  public init(memory: P.Memory, flash: P.Flash, firmware: P.Firmware, system: P.System) {
    self.memory = memory
    self.flash = flash
    self.firmware = firmware
    self.system = system
  }
}

/// A started server.
struct RunningServer: ~Copyable {
  var state: ServerState
  /// Where uploads go that name no partition.
  let label: PartitionLabel
  /// Random at start, so that a client notices a restart.
  let bootID: UInt64
}
