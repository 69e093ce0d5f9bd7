import NIOCore

/// Tells a connection what happens on one of its sides.
final class RelayHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let connection: RelayConnection
  private let side: RelayConnection.Side

  init(_ connection: RelayConnection, _ side: RelayConnection.Side) {
    self.connection = connection
    self.side = side
  }

  func channelActive(context: ChannelHandlerContext) {
    connection.began(side)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    connection.received(unwrapInboundIn(data), from: side)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    connection.readComplete(from: side)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { connection.pull(from: side == .client ? .device : .client) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { connection.ended(side) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) { connection.ended(side) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)  // A reset: `channelInactive` follows.
  }
}
