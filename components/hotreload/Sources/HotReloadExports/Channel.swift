import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// What the port calls for a byte stream; see hotreload_port.h.
//
// Replies are sent with the lock held: the session is in the middle of its work, and the port gives a peer that reads
// nothing up.

/// The one connection of this firmware's channel.
///
/// Safety: as for `runtime`.
nonisolated(unsafe) private var session = ServerSession()

/// Whether the runtime is in use; see hotreload_port.h.
@c @implementation
public func hotreload_channel_is_busy() -> Bool {
  isModuleRunning
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
  _ = alone { unsafe runtime.restart(&session) }
}

/// Time passed; see hotreload_port.h.
@c @implementation
public func hotreload_channel_tick() {
  receive(Span())
}

private func receive(_ bytes: Span<UInt8>) {
  var transport = CTransport()
  _ = alone { unsafe runtime.receive(bytes, in: &session, &transport) }
}
