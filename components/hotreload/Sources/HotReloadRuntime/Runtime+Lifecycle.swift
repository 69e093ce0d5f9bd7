import HotReloadPort
import HotReloadServer

// What modules are told when they come and go (hotreload_module.h).

extension Runtime {
  /// Lets go of the modules that run, hands what they keep to those in `next`, and starts these; nobody calls a
  /// function of them yet. If one refuses, all of it is undone.
  ///
  /// Throws `noImage` if there is nothing in `next` and nothing was spared, `refused`.
  @inline(never)
  mutating func handOver(_ request: LoadRequest) throws(RuntimeError) {
    let count = countTables()
    var isAnyPresent = false
    for index in 0..<count where next[index].isPresent {
      isAnyPresent = true
      if modules[index].isLoaded {
        call(current[index].lifecycle, .unload, UnloadReason.replacement.rawValue)
      }
    }
    guard isAnyPresent || request.required != 0 else { throw .noImage }
    for index in 0..<count where next[index].isPresent && modules[index].isLoaded {
      keepState(index)
    }
    for index in 0..<count where next[index].isPresent {
      call(next[index].lifecycle, .construct)
      let reason = modules[index].isLoaded ? LoadReason.replacement : .first
      let answer = call(next[index].lifecycle, .load, reason.rawValue)
      guard answer != 0 else { continue }
      undo(from: index)
      throw .refused(answer)
    }
  }

  /// Stops what `handOver` started, up to module `last`, which refused, and lets the old ones go on.
  @inline(never)
  private mutating func undo(from last: Int) {
    culprit = last
    for index in (0...last).reversed() where next[index].isPresent {
      if index < last {
        call(next[index].lifecycle, .unload, UnloadReason.replacement.rawValue)
      }
      call(next[index].lifecycle, .destruct)
    }
    // There is nothing else to run: what they answer changes nothing.
    for index in 0..<countTables() where next[index].isPresent && modules[index].isLoaded {
      call(current[index].lifecycle, .load, LoadReason.restored.rawValue)
    }
  }

  /// Calls a lifecycle function, if there is one.
  @inline(never) @discardableResult
  mutating func call(
    _ lifecycle: UInt32, _ event: LifecycleEvent, _ argument: UInt32 = 0
  ) -> Int32 {
    lifecycle == 0 ? 0 : code.call(lifecycle, event, argument)
  }
}
