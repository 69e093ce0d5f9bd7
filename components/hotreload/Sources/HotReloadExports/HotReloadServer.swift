import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// The server's half of hotreload.h.

/// Whether the port is about to begin or to end serving. Both are done without the lock, for which tasks may be waiting that
/// the port waits for; nobody else starts or stops the server meanwhile.
///
/// Safety: as for `runtime`.
nonisolated(unsafe) private var isChanging = false

/// Starts the upload server; see hotreload.h.
@c @implementation
public func hotreload_server_start(
  _ config: UnsafePointer<hotreload_server_config_t>?
) -> esp_err_t {
  unsafe start(config) { hotreload_port_listen($0) }
}

/// Starts the upload server on the application's; see hotreload.h.
@c @implementation
public func hotreload_server_attach(
  _ server: UnsafeMutableRawPointer?, _ config: UnsafePointer<hotreload_server_config_t>?
) -> esp_err_t {
  guard let server = unsafe server else { return ESP_ERR_INVALID_ARG }
  return unsafe start(config) { unsafe hotreload_port_attach(server, $0) }
}

/// Stops the upload server; see hotreload.h.
@c @implementation
public func hotreload_server_stop() -> esp_err_t {
  let result = exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    guard unsafe !isChanging else { throw .serverStopped }
    try unsafe runtime.stopServer()
    unsafe isChanging = true
  }
  guard result == ESP_OK else { return result }
  hotreload_port_stop_listening()
  return exclusively(from: hotreload_port_frame()) { unsafe isChanging = false }
}

/// Starts the server, which `listen` makes the port serve.
private func start(
  _ config: UnsafePointer<hotreload_server_config_t>?, _ listen: (UInt16) -> Int32
) -> esp_err_t {
  guard let config = unsafe config?.pointee else { return ESP_ERR_INVALID_ARG }
  var label: PartitionLabel?
  if let text = unsafe config.partition_label {
    // Safety: the caller's label is a C string.
    label = unsafe PartitionLabel(cString: text)
    guard label != nil else { return ESP_ERR_NOT_FOUND }
  }
  let maximum = unsafe config.max_elf_size == 0 ? 128 * 1024 : config.max_elf_size
  let port = unsafe config.port == 0 ? 8080 : config.port
  let result = exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    guard unsafe !isChanging else { throw .serverRunning }
    try unsafe runtime.startServer(
      label: label, maximumLength: UInt32(truncatingIfNeeded: maximum),
      authentication: CFirmware().authentication)
    unsafe isChanging = true
  }
  guard result == ESP_OK else { return result }
  let error = RuntimeError(listening: listen(port), on: port)
  return exclusively(from: hotreload_port_frame()) { () throws(RuntimeError) in
    unsafe isChanging = false
    guard let error else { return unsafe runtime.logServer(port: port) }
    unsafe runtime.logServer(error)
    try unsafe runtime.stopServer()
    throw error
  }
}

extension RuntimeError {
  /// What the port's answer means; nil if it serves.
  fileprivate init?(listening result: Int32, on port: UInt16) {
    switch Int(result) {
    case HOTRELOAD_PORT_OK: return nil
    case HOTRELOAD_PORT_IN_USE: self = .portInUse(port)
    case HOTRELOAD_PORT_NOT_SUPPORTED: self = .notAttachable
    default: self = .notListening
    }
  }
}
