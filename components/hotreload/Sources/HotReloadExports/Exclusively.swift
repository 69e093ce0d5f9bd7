import CHotReload
import HotReloadLoader
import HotReloadRuntime

// The runtime's lock is taken and given back here, and nowhere else.

/// What `hotreload_update_available()` says.
///
/// Safety: one byte with a constant initial value, written with the lock held, read at any time; both by volatile accesses.
nonisolated(unsafe) private var updateFlag = false

/// Whether an image waits to be loaded. Takes no lock: interrupts ask, too.
var isUpdateAvailable: Bool {
  // Safety: the address of a global variable.
  unsafe hotreload_port_flag(&updateFlag)
}

/// Does `body` while nobody else is in the runtime, other tasks waiting for their turn. Nil, and nothing is done, where a
/// function of a module calls, which runs inside a call into the runtime: the lock lets its owner in again.
func alone<Value>(_ body: () -> Value) -> Value? {
  hotreload_port_lock()
  defer { hotreload_port_unlock() }
  guard !isModuleRunning else { return nil }
  let value = body()
  // Safety: the address of a global variable.
  unsafe hotreload_port_set_flag(&updateFlag, runtime.isUpdateAvailable)
  return value
}

/// Does what a function of hotreload.h is for, alone, and returns what it promises.
///
/// - Parameter frame: `hotreload_port_frame()` of that function: what lies below on the stack is the runtime's own, and holds what
///   earlier calls left there.
@inline(never)
func exclusively(
  from frame: UInt32, _ body: () throws(RuntimeError) -> Void
) -> esp_err_t {
  // Where that function was called from counts: it may be a module.
  let frame = ReturnAddresses.areBelowCallees ? hotreload_port_frame() : frame
  let result = alone {
    unsafe callerStack = frame
    do throws(RuntimeError) {
      try body()
      return ESP_OK
    } catch {
      return error.espError
    }
  }
  return result ?? ESP_ERR_INVALID_STATE
}
