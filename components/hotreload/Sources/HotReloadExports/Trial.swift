import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// What the application says about modules on trial, and what the port asks; see hotreload_port.h.

/// The modules that run are good; see hotreload.h.
@c @implementation
public func hotreload_confirm() -> esp_err_t {
  exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.confirm()
  }
}

/// Time passed; see hotreload_port.h.
@c @implementation
public func hotreload_tick() {
  guard alone({ unsafe runtime.tick() }) == nil else { return }
  // A function of a module waits: it does not say when it is done.
  CSystem().schedule(milliseconds: 100)
}

/// Whether a module on trial does not return; see hotreload_port.h.
@c @implementation
public func hotreload_is_hung() -> Bool {
  unsafe currentPulse.isHung()
}

/// The firmware crashes; see hotreload_port.h.
@c @implementation
public func hotreload_crashed(
  _ crash: UnsafePointer<hotreload_port_crash_t>?, _ line: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> Bool {
  guard let crash = unsafe crash?.pointee, let line = unsafe line, size > 0 else { return false }
  var text = TextWindow()
  let kind = CrashKind(rawValue: UInt8(truncatingIfNeeded: crash.kind)) ?? .trap
  // Safety: nobody else runs any more that would use the runtime.
  let isOnTrial = unsafe runtime.crash(
    kind, cause: crash.cause, pc: crash.pc, returnAddress: crash.return_address, &text)
  let count = min(text.bytes.count, size - 1)
  for index in 0..<count {
    // Safety: the port vouches for `size` bytes, of which this is not the last.
    unsafe line[index] = CChar(bitPattern: text.bytes[index])
  }
  unsafe line[count] = 0
  return isOnTrial
}
