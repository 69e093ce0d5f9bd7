import CHotReload
import HotReloadPort

/// Address of the lowest word on the stack of whoever called hotreload.h that counts: what lies below belongs to the runtime.
///
/// Safety: as for `runtime`.
nonisolated(unsafe) var callerStack: UInt32 = 0

/// The tasks of the firmware.
struct CTasks: TaskPort {
  func stopTasks() -> Bool { hotreload_port_stop_tasks() }

  func task(_ index: UInt32, _ task: inout StoppedTask) -> Bool {
    var found = unsafe hotreload_port_task_t()
    // Safety: `found` outlives the call.
    guard unsafe hotreload_port_task(index, &found) else { return false }
    unsafe task.registers = UInt32(truncatingIfNeeded: UInt(bitPattern: found.registers))
    unsafe task.registerCount = found.register_count
    unsafe task.stack = found.stack
    unsafe task.stackEnd = found.stack_end
    unsafe task.isCaller = found.is_caller
    // In the runtime's own frames is what earlier calls left there.
    let isInside =
      unsafe found.is_caller && callerStack > found.stack && callerStack < found.stack_end
    if isInside { unsafe task.stack = callerStack }
    return true
  }

  func withName<Value>(ofTask index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value {
    var found = unsafe hotreload_port_task_t()
    // Safety: `found` outlives the call; the name is a C string that lives until the tasks go on.
    _ = unsafe hotreload_port_task(index, &found)
    return unsafe withBytes(of: found.name, body)
  }

  func word(at address: UInt32) -> UInt32 { hotreload_port_load_word(address) }

  func resumeTasks() { hotreload_port_resume_tasks() }

  func delay(milliseconds: UInt32) { hotreload_port_delay(milliseconds) }
}
