/// A task, as it was when it stopped (`hotreload_port_task_t` in hotreload_port.h). Addresses are those of the data bus.
public struct StoppedTask: Sendable {
  /// Address of the first of the registers that were saved when it lost the processor.
  public var registers: UInt32 = 0
  /// How many there are, of 4 bytes each; none of the task that asks.
  public var registerCount: UInt32 = 0
  /// Address of the lowest word of its stack that counts, a multiple of 4.
  public var stack: UInt32 = 0
  /// Address behind the highest. The same as `stack`: it has none, and its registers hold what a handler of an interrupt or
  /// of a timer begins with.
  public var stackEnd: UInt32 = 0
  /// Whether it is the task that asks. The stack begins with the function that called the runtime.
  public var isCaller = false

  /// No task.
  public init() {}
}

/// The tasks of the firmware.
public protocol TaskPort {
  /// Stops all tasks but the one that asks; false where that is impossible. Nothing is logged, allocated or written to
  /// flash until they go on.
  mutating func stopTasks() -> Bool
  /// Looks at task `index` of those that are stopped; false behind the last one.
  func task(_ index: UInt32, _ task: inout StoppedTask) -> Bool
  /// Lends the name of task `index` of those that are stopped, for people, to `body`.
  func withName<Value>(ofTask index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value
  /// The register or word of a stack at an address within those of a stopped task.
  func word(at address: UInt32) -> UInt32
  /// Lets them go on.
  mutating func resumeTasks()
  /// Lets other tasks run for about this long.
  mutating func delay(milliseconds: UInt32)
}

/// What is done about a task that is inside a module that is to go (`HOTRELOAD_PORT_SAFE_POINT_…` in hotreload_port.h).
public enum SafePointPolicy: UInt8, Sendable {
  /// Wait for it, at most a second; then refuse.
  case wait = 0
  /// Refuse at once.
  case refuse = 1
  /// Nothing.
  case off = 2
}
