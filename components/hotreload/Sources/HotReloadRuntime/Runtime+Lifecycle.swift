import HotReloadPort
import HotReloadServer

// What modules are told when they come and go (hotreload_module.h).

extension Runtime {
  /// Lets go of the running module and starts its successor, of which nobody calls a function yet. If it refuses, it
  /// is undone, and what ran before is told to go on. 0 stands for a module that has nothing to be told.
  ///
  /// Throws `refused`.
  @inline(never)
  mutating func handOver(to successor: UInt32) throws(RuntimeError) {
    let isReplacement = modules[0].isLoaded
    if isReplacement { call(lifecycle, .unload, UnloadReason.replacement.rawValue) }
    call(successor, .construct)
    let reason = isReplacement ? LoadReason.replacement : .first
    let answer = call(successor, .load, reason.rawValue)
    guard answer != 0 else { return }
    call(successor, .destruct)
    if isReplacement { call(lifecycle, .load, LoadReason.restored.rawValue) }
    throw .refused(answer)
  }

  /// Calls a lifecycle function, if there is one.
  @inline(never) @discardableResult
  mutating func call(
    _ lifecycle: UInt32, _ event: LifecycleEvent, _ argument: UInt32 = 0
  ) -> Int32 {
    lifecycle == 0 ? 0 : code.call(lifecycle, event, argument)
  }
}
