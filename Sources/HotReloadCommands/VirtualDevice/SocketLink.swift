import NIOCore
import NIOPosix
import SystemPackage

/// A connection of its own to the emulator's socket for each client's: the device sees when it comes and goes.
final class SocketLink: DeviceLink {
  private let socket: FilePath
  private let loop: any EventLoop

  init(_ socket: FilePath, on loop: any EventLoop) {
    self.socket = socket
    self.loop = loop
  }

  func connect(_ connection: RelayConnection) {
    let shared = NIOLoopBound(connection, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelOption(.autoRead, value: false)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(RelayHandler(shared.value, .device))
        }
      }
      .connect(unixDomainSocketPath: socket.string)
      .assumeIsolated()
      .whenComplete { result in connection.connected((try? result.get()).map(SocketConnection.init))
      }
  }

  func close() {}
}

/// A socket for one client.
private final class SocketConnection: DeviceConnection {
  private let channel: any Channel

  init(_ channel: any Channel) { self.channel = channel }

  var isWritable: Bool { channel.isWritable }
  func write(_ bytes: ByteBuffer) { channel.write(bytes, promise: nil) }
  func flush() { channel.flush() }
  func read() { channel.read() }
  func close() { channel.close(promise: nil) }
}
