import HotReloadPort

/// The tasks of a firmware, as a test wants them to be. What breaks a rule of the port stops the test.
package final class SimulatedTasks: TaskPort {
  /// One task. A stack grows downwards: its first word is the one that was pushed last.
  package struct Task: Sendable {
    package var name: String
    /// What was saved when it lost the processor.
    package var registers: [UInt32]
    /// The part of its stack that is in use; none of a handler.
    package var stack: [UInt32]
    package var isCaller: Bool

    package init(
      _ name: String, registers: [UInt32] = [], stack: [UInt32] = [0], isCaller: Bool = false
    ) {
      self.name = name
      self.registers = registers
      self.stack = stack
      self.isCaller = isCaller
    }
  }

  /// The tasks, in the order in which the port lists them.
  package var tasks: [Task] = []
  /// Whether the platform can stop them.
  package var canStop = true
  /// Whether they are stopped.
  package private(set) var areStopped = false
  /// How often they were stopped.
  package private(set) var stops = 0
  /// Milliseconds of all delays so far.
  package private(set) var delayed: UInt32 = 0
  /// Called for every delay: what the tasks do meanwhile.
  package var whileDelayed: (SimulatedTasks) -> Void = { _ in }
  /// Called when they are stopped, before anybody looks at them.
  package var whenStopped: (SimulatedTasks) -> Void = { _ in }
  /// Called when they go on, before any of them does.
  package var whenResumed: (SimulatedTasks) -> Void = { _ in }

  /// Task n has its registers at n times this, its stack half as much behind.
  private static let distance: UInt32 = 0x1_0000

  package init() {}

  package func stopTasks() -> Bool {
    precondition(!areStopped, "stopped twice")
    guard canStop else { return false }
    areStopped = true
    stops += 1
    whenStopped(self)
    return true
  }

  package func resumeTasks() {
    precondition(areStopped, "resumed, but not stopped")
    whenResumed(self)
    areStopped = false
  }

  package func task(_ index: UInt32, _ task: inout StoppedTask) -> Bool {
    precondition(areStopped, "a task that runs")
    guard index < tasks.count else { return false }
    let found = tasks[Int(index)]
    task = StoppedTask()
    task.registers = (index + 1) * Self.distance
    task.registerCount = UInt32(found.registers.count)
    task.stack = task.registers + Self.distance / 2
    task.stackEnd = task.stack + 4 * UInt32(found.stack.count)
    task.isCaller = found.isCaller
    return true
  }

  package func withName<Value>(
    ofTask index: UInt32, _ body: (Span<UInt8>) -> Value
  ) -> Value {
    precondition(areStopped, "a task that runs")
    let name = Array(tasks[Int(index)].name.utf8)
    return body(name.span)
  }

  package func word(at address: UInt32) -> UInt32 {
    precondition(areStopped && address % 4 == 0, "\(address)")
    let task = tasks[Int(address / Self.distance) - 1]
    let offset = address % Self.distance
    return offset < Self.distance / 2
      ? task.registers[Int(offset / 4)] : task.stack[Int((offset - Self.distance / 2) / 4)]
  }

  package func delay(milliseconds: UInt32) {
    precondition(!areStopped, "a delay while tasks are stopped")
    delayed += milliseconds
    whileDelayed(self)
  }
}
