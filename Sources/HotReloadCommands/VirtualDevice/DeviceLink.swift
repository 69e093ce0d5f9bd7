import NIOCore

/// The way to a device that serves one connection at a time. Confined to the event loop of the relay.
protocol DeviceLink: AnyObject {
  /// Connects to the device, then calls `RelayConnection.connected`. From then on the link tells it what comes.
  func connect(_ connection: RelayConnection)

  /// The end of the relay.
  func close()
}

/// The device's side of one client's connection.
protocol DeviceConnection: AnyObject {
  /// False while the device is behind with reading.
  var isWritable: Bool { get }

  /// Bytes of the client; they are on their way after `flush()`.
  func write(_ bytes: ByteBuffer)

  func flush()

  /// Asks for the next bytes of the device.
  func read()

  /// Hangs up, after what was written.
  func close()
}
