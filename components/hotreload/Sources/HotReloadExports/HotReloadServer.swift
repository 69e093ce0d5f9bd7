import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// The server's half of hotreload.h, and what the port calls when bytes arrive.

/// The one connection of this firmware's channel.
///
/// Safety: as for `runtime`.
nonisolated(unsafe) var session = ServerSession<CPlatform.Hasher>()

#if HOTRELOAD_BODY_AUTHENTICATION
  private let authentication = Authentication.body
#else
  private let authentication = Authentication.challenge
#endif

/// Starts the upload server; see hotreload.h.
@c @implementation
public func hotreload_server_start(
  _ config: UnsafePointer<hotreload_server_config_t>?
) -> esp_err_t {
  guard let config = unsafe config?.pointee else { return ESP_ERR_INVALID_ARG }
  guard unsafe !isModuleRunning else { return ESP_ERR_INVALID_STATE }
  var label: PartitionLabel?
  if let text = unsafe config.partition_label {
    // Safety: the caller's label is a C string.
    label = unsafe PartitionLabel(cString: text)
    guard label != nil else { return ESP_ERR_NOT_FOUND }
  }
  let maximum = unsafe config.max_elf_size == 0 ? 128 * 1024 : config.max_elf_size
  let port = unsafe config.port == 0 ? 8080 : config.port
  do throws(RuntimeError) {
    try unsafe runtime.startServer(
      label: label, maximumLength: UInt32(truncatingIfNeeded: maximum),
      authentication: authentication)
  } catch {
    return error.espError
  }
  guard succeeded(hotreload_port_listen(port)) else {
    _ = hotreload_server_stop()
    return ESP_FAIL
  }
  return ESP_OK
}

/// Stops the upload server; see hotreload.h.
@c @implementation
public func hotreload_server_stop() -> esp_err_t {
  guard unsafe !isModuleRunning else { return ESP_ERR_INVALID_STATE }
  unsafe runtime.restart(&session)
  do throws(RuntimeError) {
    try unsafe runtime.stopServer()
  } catch {
    return error.espError
  }
  hotreload_port_stop_listening()
  return ESP_OK
}

/// Whether the runtime is in use; see hotreload_port.h.
@c @implementation
public func hotreload_channel_is_busy() -> Bool {
  unsafe isModuleRunning
}

/// Bytes arrived; see hotreload_port.h.
@c @implementation
public func hotreload_channel_receive(_ bytes: UnsafeRawPointer?, _ size: Int) {
  // Safety: the port vouches for `size` bytes.
  let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: size)
  receive(unsafe bytes.bindMemory(to: UInt8.self).span)
}

/// A peer came or went; see hotreload_port.h.
@c @implementation
public func hotreload_channel_connected(_ connected: Bool) {
  unsafe runtime.restart(&session)
}

/// Time passed; see hotreload_port.h.
@c @implementation
public func hotreload_channel_tick() {
  receive(Span())
}

private func receive(_ bytes: Span<UInt8>) {
  var transport = CTransport()
  unsafe runtime.receive(bytes, in: &session, &transport)
}

/// Whose slot that is; see hotreload_port.h.
@c @implementation
public func hotreload_symbol_of_slot(_ slot: UnsafeRawPointer?) -> UnsafePointer<CChar>? {
  guard let slot = unsafe slot else { return nil }
  for index in 0..<hotreload_port_table_count {
    // Safety: generated tables are constants; the index is below the number of tables.
    guard let table = unsafe hotreload_port_table(index)?.pointee else { continue }
    // Safety: a generated table has slots, even if their count is 0.
    let distance = unsafe UnsafeRawPointer(table.slots).distance(to: slot)
    let entry = distance / MemoryLayout<UInt>.size
    guard distance >= 0, entry < Int(unsafe table.count) else { continue }
    // Safety: the entry was just found to be below the table's count.
    return unsafe table.names[entry]
  }
  return nil
}
