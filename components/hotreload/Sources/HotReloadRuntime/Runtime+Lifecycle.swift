import HotReloadPort
import HotReloadServer

// What modules are told when they come and go (hotreload_module.h).

extension Runtime {
  /// Lets go of the modules that run, hands what they keep to those in `next`, starts these, and publishes them when all of
  /// them run and nobody is inside the old ones. Otherwise all of it is undone. What ran before is in `next` afterwards.
  ///
  /// Throws `noImage` if there is nothing in `next` and nothing was spared, `refused`, `unsafePoint`.
  @inline(never)
  mutating func handOver(_ request: LoadRequest) throws(RuntimeError) {
    let count = countTables()
    var coming: UInt32 = 0
    var going: UInt32 = 0
    for index in 0..<count where next[index].isPresent {
      coming |= LoadRequest.bit(index)
      if modules[index].isLoaded { going |= LoadRequest.bit(index) }
    }
    guard coming | request.required != 0 else { throw .noImage }
    tell(going, .unload, UnloadReason.replacement.rawValue)
    for index in 0..<count where going & LoadRequest.bit(index) != 0 { keepState(index) }
    for index in 0..<count where next[index].isPresent {
      call(next[index].lifecycle, .construct)
      let reason = modules[index].isLoaded ? LoadReason.replacement : .first
      let answer = call(next[index].lifecycle, .load, reason.rawValue)
      guard answer != 0 else { continue }
      culprit = index
      destroy(index)
      undo(before: index, going)
      throw .refused(answer)
    }
    do throws(RuntimeError) {
      let start = try stopTasks(outside: going)
      for index in 0..<count where next[index].isPresent { publish(index) }
      resumeTasks()
      let time = UInt32(truncatingIfNeeded: system.now() &- start)
      for index in 0..<count where coming & LoadRequest.bit(index) != 0 {
        modules[index].module.swapTime = time
      }
    } catch {
      undo(before: count, going)
      throw error
    }
  }

  /// Stops what `handOver` started, up to module `end`, and lets the modules of `going` go on.
  @inline(never)
  private mutating func undo(before end: Int, _ going: UInt32) {
    for index in (0..<end).reversed() where next[index].isPresent {
      call(next[index].lifecycle, .unload, UnloadReason.replacement.rawValue)
      destroy(index)
    }
    // There is nothing else to run: what they answer changes nothing.
    tell(going, .load, LoadReason.restored.rawValue)
  }

  /// Points the slots of module `index` at what is in `next`, which changes places with what ran before.
  private mutating func publish(_ index: Int) {
    let table = table(index)
    for slot in 0..<table.count {
      table.setSlot(slot, to: memory.word(at: next[index].exports &+ 4 &* slot))
    }
    swap(&current[index], &next[index])
  }

  /// Calls the lifecycle functions of `tables`, whose modules run: bit n stands for table n.
  @inline(never)
  mutating func tell(_ tables: UInt32, _ event: LifecycleEvent, _ argument: UInt32) {
    for index in 0..<countTables() where tables & LoadRequest.bit(index) != 0 {
      call(current[index].lifecycle, event, argument)
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
