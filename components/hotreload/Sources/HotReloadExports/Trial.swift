import CHotReload
import HotReloadPort
import HotReloadRuntime

// What the application says about modules on trial, and what the port asks; see hotreload_port.h.

/// The modules that run are good; see hotreload.h.
@c @implementation
public func hotreload_confirm() -> esp_err_t {
  exclusively { () throws(RuntimeError) in try unsafe runtime.confirm() }
}

/// Time passed; see hotreload_port.h.
@c @implementation
public func hotreload_tick() {
  _ = alone { unsafe runtime.tick() }
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
  // Safety: the port vouches for `size` bytes.
  if size > 0 { unsafe line?.pointee = 0 }
  return false
}
