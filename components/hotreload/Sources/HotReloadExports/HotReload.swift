import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// The functions of hotreload.h. They translate: C's pointers into views, errors into codes.

/// The one runtime of this firmware.
///
/// Safety: used only with the lock held (`alone`).
nonisolated(unsafe) var runtime = Runtime<CPlatform>(
  memory: CMemory(), flash: CFlash(), firmware: CFirmware(), system: CSystem(), code: CCode(),
  tasks: CTasks())

/// Loads the newest module of a partition; see hotreload.h.
@c @implementation
public func hotreload_load(_ config: UnsafePointer<hotreload_config_t>?) -> esp_err_t {
  guard let config = unsafe config?.pointee, let label = unsafe config.partition_label else {
    return ESP_ERR_INVALID_ARG
  }
  // Safety: the caller's label is a C string.
  guard let label = unsafe PartitionLabel(cString: label) else { return ESP_ERR_NOT_FOUND }
  unsafe currentPulse.poll()
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.load(from: label, capabilities: config.heap_caps)
  }
}

/// Switches to the newest module of a partition; see hotreload.h.
@c @implementation
public func hotreload_reload(_ config: UnsafePointer<hotreload_config_t>?) -> esp_err_t {
  // A load replaces what runs, and does so as a transaction.
  unsafe hotreload_load(config)
}

/// Switches to the newest modules of all partitions; see hotreload.h.
@c @implementation
public func hotreload_reload_all() -> esp_err_t {
  unsafe currentPulse.poll()
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.loadAll()
  }
}

/// Unloads all modules; see hotreload.h.
@c @implementation
public func hotreload_unload() -> esp_err_t {
  exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in try unsafe runtime.unload()
  }
}

/// Unloads the module of one partition; see hotreload.h.
@c @implementation
public func hotreload_unload_partition(_ label: UnsafePointer<CChar>?) -> esp_err_t {
  guard let label = unsafe label else { return ESP_ERR_INVALID_ARG }
  // Safety: the caller's label is a C string.
  guard let label = unsafe PartitionLabel(cString: label) else { return ESP_ERR_NOT_FOUND }
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.unload(label)
  }
}

/// Whether a module was stored since the last load; see hotreload.h.
@c @implementation
public func hotreload_update_available() -> Bool {
  unsafe currentPulse.poll()
  return isUpdateAvailable
}

/// Loads an image from memory; see hotreload.h.
@c @implementation
public func hotreload_load_from_buffer(_ bytes: UnsafeRawPointer?, _ size: Int) -> esp_err_t {
  guard let bytes = unsafe bytes else { return ESP_ERR_INVALID_ARG }
  // Safety: the caller vouches for `size` bytes.
  let image = unsafe UnsafeRawBufferPointer(start: bytes, count: size)
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.load(image.bytes)
  }
}

/// Stores an image; see hotreload.h.
@c @implementation
public func hotreload_update_partition(
  _ label: UnsafePointer<CChar>?, _ bytes: UnsafeRawPointer?, _ size: Int
) -> esp_err_t {
  guard let label = unsafe label, let bytes = unsafe bytes, size > 0 else {
    return ESP_ERR_INVALID_ARG
  }
  // Safety: the caller's label is a C string.
  guard let label = unsafe PartitionLabel(cString: label) else { return ESP_ERR_NOT_FOUND }
  // Safety: the caller vouches for `size` bytes.
  let image = unsafe UnsafeRawBufferPointer(start: bytes, count: size)
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    try unsafe runtime.update(label, with: image.bytes)
  }
}
