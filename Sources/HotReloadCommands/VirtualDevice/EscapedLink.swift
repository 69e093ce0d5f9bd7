import NIOCore
import NIOPosix
import SystemPackage

/// One connection to the emulator's socket for all clients: the device sees bytes only, and escape sequences among
/// them say who comes and goes.
final class EscapedLink: DeviceLink {
  private let socket: FilePath
  private let loop: any EventLoop
  private var line = EscapedLine()
  private var channel: (any Channel)?
  /// Whose turn it is.
  private var current: RelayConnection?

  init(_ socket: FilePath, on loop: any EventLoop) {
    self.socket = socket
    self.loop = loop
  }

  func connect(_ connection: RelayConnection) {
    if channel != nil { return begin(connection) }
    let shared = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelOption(.autoRead, value: false)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(LineHandler(shared.value))
        }
      }
      .connect(unixDomainSocketPath: socket.string)
      .assumeIsolated()
      .whenComplete { result in
        self.channel = try? result.get()
        self.line = EscapedLine()
        self.channel?.read()
        self.begin(connection)
      }
  }

  func close() { channel?.close(promise: nil) }

  private func begin(_ connection: RelayConnection) {
    guard let channel, let call = line.connect() else { return connection.connected(nil) }
    current = connection
    channel.writeAndFlush(call.bytes, promise: nil)
    connection.connected(EscapedConnection(self, channel))
  }

  /// The client's turn is over.
  fileprivate func hangUp() {
    current = nil
    guard let channel, let farewell = line.hangUp() else { return }
    channel.writeAndFlush(farewell.bytes, promise: nil)
    channel.read()
  }

  // MARK: - The device

  fileprivate func received(_ bytes: ByteBuffer) {
    let outcome = line.received(bytes)
    if let reply = outcome.reply { channel?.writeAndFlush(reply.bytes, promise: nil) }
    if outcome.bytes.readableBytes > 0 { current?.received(outcome.bytes, from: .device) }
    if outcome.isOver { current?.ended(.device) }
  }

  /// All that could be read was received. What is a client's is read at its pace, all else is dropped.
  fileprivate func readComplete() {
    if line.state == .taken, let current {
      current.readComplete(from: .device)
    } else {
      channel?.read()
    }
  }

  fileprivate func becameWritable() {
    current?.pull(from: .client)
  }

  /// The emulator is gone.
  fileprivate func ended() {
    channel = nil
    current?.ended(.device)
  }
}

/// A client's share of the line.
private final class EscapedConnection: DeviceConnection {
  private let link: EscapedLink
  private let channel: any Channel
  private var isClosed = false

  init(_ link: EscapedLink, _ channel: any Channel) {
    self.link = link
    self.channel = channel
  }

  var isWritable: Bool { channel.isWritable }
  func write(_ bytes: ByteBuffer) { channel.write(LineEscape.encode(bytes), promise: nil) }
  func flush() { channel.flush() }
  func read() { channel.read() }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    link.hangUp()
  }
}

/// Tells a link what happens on its line.
private final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let link: EscapedLink

  init(_ link: EscapedLink) { self.link = link }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    link.received(unwrapInboundIn(data))
  }

  func channelReadComplete(context: ChannelHandlerContext) { link.readComplete() }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { link.becameWritable() }
  }

  func channelInactive(context: ChannelHandlerContext) { link.ended() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)  // `channelInactive` follows.
  }
}
