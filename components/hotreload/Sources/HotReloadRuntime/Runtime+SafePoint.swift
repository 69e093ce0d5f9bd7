import HotReloadLoader
import HotReloadPort
import HotReloadServer

// The safe point: no task is inside a module that is about to go (docs/SAFE-POINT.md).
//
// Inside is a task whose saved registers hold an address of the module's code, or on whose stack a call has left where
// it returns to there.

extension Runtime {
  /// Throws `unsafePoint` if a task stays inside a module of `tables`; bit n stands for table n. Handlers of interrupts and
  /// timers do not count: the module takes them back when it is told to go.
  @inline(never)
  mutating func verifySafePoint(_ tables: UInt32) throws(RuntimeError) {
    _ = try stopTasks(outside: tables, countsHandlers: false)
    resumeTasks()
  }

  /// Stops all tasks, at a moment at which none of them is inside a module of `tables`, until `resumeTasks`. A task that is
  /// on its way out is waited for, if the firmware wants it. Returns when the tasks were stopped.
  ///
  /// Throws `unsafePoint`, of the module `culprit`; then all tasks run.
  @inline(never)
  mutating func stopTasks(
    outside tables: UInt32, countsHandlers: Bool = true
  ) throws(RuntimeError) -> UInt64 {
    let policy = tables == 0 ? .off : firmware.safePoint
    var steps = policy == .wait ? Self.waitingSteps : 0
    while true {
      let start = system.now()
      guard policy != .off, tasks.stopTasks() else { return start }
      areTasksStopped = true
      let obstacle = findObstacle(tables, countsHandlers: countsHandlers)
      if obstacle == .none { return start }
      resumeTasks()
      // It cannot leave while it waits.
      guard steps > 0, obstacle != .caller else { throw .unsafePoint }
      steps &-= 1
      tasks.delay(milliseconds: Self.waitingStep)
    }
  }

  /// Lets the tasks go on that `stopTasks` has stopped, if it did.
  mutating func resumeTasks() {
    guard areTasksStopped else { return }
    areTasksStopped = false
    tasks.resumeTasks()
  }

  /// Milliseconds between two looks: one tick of FreeRTOS at its default rate (CONFIG_FREERTOS_HZ).
  private static var waitingStep: UInt32 { 10 }
  /// A second of them.
  private static var waitingSteps: UInt32 { 100 }

  /// Who is inside a module of `tables`, of the tasks that are stopped. Its name, and where it is, are in `symbol` then.
  @inline(never)
  private mutating func findObstacle(_ tables: UInt32, countsHandlers: Bool) -> Obstacle {
    var task = StoppedTask()
    var number: UInt32 = 0
    while tasks.task(number, &task) {
      let isHandler = task.stack == task.stackEnd
      if countsHandlers || !isHandler,
        let place = place(task.registers, task.registerCount, tables, areRegisters: true)
          ?? place(
            task.stack, (task.stackEnd &- task.stack) / 4, tables, areRegisters: false)
      {
        culprit = place.module
        var text = ShortText()
        if !isHandler { text.append("task ") }
        tasks.withName(ofTask: number) { text.append($0) }
        text.append(isHandler ? " leads to " : " is inside ")
        append(place, to: &text)
        symbol = text
        return task.isCaller ? .caller : .task
      }
      number &+= 1
    }
    return .none
  }

  /// The first place inside a module of `tables` that one of `count` words from `address` on leads to.
  @inline(never)
  private mutating func place(
    _ address: UInt32, _ count: UInt32, _ tables: UInt32, areRegisters: Bool
  ) -> CodePlace? {
    var address = address
    for _ in 0..<count {
      let word = tasks.word(at: address)
      address &+= 4
      for index in 0..<countTables() where tables & LoadRequest.bit(index) != 0 {
        let code = current[index].code
        // A link register may lead behind the last instruction, where a call is the last.
        let offset =
          (areRegisters ? code.offset(inRegister: word) : nil)
          ?? code.offset(ofReturnAddress: word, memory)
        if let offset { return place(of: code.start &+ offset, inRunning: index) }
      }
    }
    return nil
  }
}

/// Who keeps a module from going.
private enum Obstacle {
  /// Nobody.
  case none
  /// A task, or a handler.
  case task
  /// The task that asks.
  case caller
}
