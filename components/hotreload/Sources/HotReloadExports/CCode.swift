import CHotReload
import HotReloadPort

/// Calls into modules. The loader checked that a lifecycle function lies in the code of its module.
struct CCode: CodePort {
  func call(_ lifecycle: UInt32, _ event: LifecycleEvent, _ argument: UInt32) -> Int32 {
    hotreload_port_call_lifecycle(lifecycle, event.rawValue, argument)
  }

  func migrate(_ lifecycle: UInt32, _ migration: Migration) -> Bool {
    hotreload_port_call_migrate(
      lifecycle, migration.variable, migration.size, migration.oldValue, migration.oldSize) != 0
  }
}
