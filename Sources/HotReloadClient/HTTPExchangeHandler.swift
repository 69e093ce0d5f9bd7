import NIOCore
import NIOHTTP1

/// Plays one `HTTPExchange` at a time on a channel: sends the body in pieces, gathers the reply, and gives
/// up when nothing moves.
///
/// A device may refuse after the head alone. The reply then completes the exchange, the rest of the body is
/// not sent, and the connection is closed.
///
/// ```
///          write            last piece taken           reply complete
///  idle ──────────▶ sending ────────────────▶ waiting ────────────────▶ idle
///                      └──── reply complete, error, time-out ─────▶ closed
/// ```
final class HTTPExchangeHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPExchange
  typealias OutboundOut = HTTPClientRequestPart

  /// Bytes handed to the channel at once: progress is worth showing even on a slow link.
  static let pieceSize = 4096

  private struct Current {
    var exchange: HTTPExchange
    var sent = 0
    var isSent = false
    var head: HTTPResponseHead?
    var body: [UInt8] = []
    var deadline: Scheduled<Void>
  }

  private let timeout: TimeAmount
  private var current: Current?

  init(timeout: TimeAmount) {
    self.timeout = timeout
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let exchange = unwrapOutboundIn(data)
    guard current == nil, context.channel.isActive else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    current = Current(exchange: exchange, deadline: startDeadline(context))
    context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
    sendPiece(context)
    promise?.succeed()
  }

  /// Sends the next piece of the body, or the end of the request.
  private func sendPiece(_ context: ChannelHandlerContext) {
    guard let exchange = current?.exchange, let sent = current?.sent else { return }
    let end = min(sent + Self.pieceSize, exchange.body.count)
    let piece = wrapOutboundOut(
      .body(.byteBuffer(context.channel.allocator.buffer(bytes: exchange.body[sent..<end]))))
    let isLast = end == exchange.body.count
    current?.sent = end
    current?.isSent = isLast
    let taken = context.eventLoop.makePromise(of: Void.self)
    if isLast {
      if sent < end { context.write(piece, promise: nil) }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: taken)
    } else {
      context.writeAndFlush(piece, promise: taken)
    }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    taken.futureResult.assumeIsolated().whenSuccess { [self] in
      guard current != nil else { return }
      exchange.progress?(end, exchange.body.count)
      restartDeadline(bound.value)
      // Not from here: a piece that is taken at once would send the next one deeper and deeper in the stack.
      if !isLast {
        bound.value.eventLoop.assumeIsolated().execute { self.sendPiece(bound.value) }
      }
    }
    // A failed write closes the channel: channelInactive says so, after whatever reply was still there.
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard current != nil else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      current?.head = head
      restartDeadline(context)
    case .body(let bytes):
      current?.body.append(contentsOf: bytes.readableBytesView)
      if let count = current?.body.count, count > HTTPReply.maximumBodySize {
        fail(context, .malformed("the reply is larger than \(HTTPReply.maximumBodySize) bytes"))
      }
    case .end:
      complete(context)
    }
  }

  private func complete(_ context: ChannelHandlerContext) {
    guard let current, let head = current.head else { return }
    self.current = nil
    current.deadline.cancel()
    if !current.isSent || !head.isKeepAlive { context.close(promise: nil) }
    current.exchange.reply.succeed(
      HTTPReply(
        status: Int(head.status.code), location: head.headers.first(name: "Location"),
        body: current.body))
  }

  private func fail(_ context: ChannelHandlerContext, _ error: TransportError) {
    guard let current else { return }
    self.current = nil
    current.deadline.cancel()
    context.close(promise: nil)
    current.exchange.reply.fail(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(context, .lost(Self.whereLost(current), replyBegan: current?.head != nil))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case HTTPParserError.invalidEOFState:
      fail(context, .lost("the connection was closed within the reply", replyBegan: true))
    case is HTTPParserError:
      fail(context, .malformed("the reply is not HTTP"))
    case let error as IOError:
      fail(
        context,
        .lost(
          Self.whereLost(current) + " (\(PlatformError.text(error.errnoCode)))",
          replyBegan: current?.head != nil))
    default:
      fail(context, .lost("\(Self.whereLost(current)): \(error)", replyBegan: current?.head != nil))
    }
  }

  private static func whereLost(_ current: Current?) -> String {
    guard let current, !current.isSent else { return "the connection was closed before the reply" }
    return
      "the connection was closed after \(current.sent) of \(current.exchange.body.count) bytes"
  }

  private func startDeadline(_ context: ChannelHandlerContext) -> Scheduled<Void> {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    return context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { [self] in
      let what =
        current?.isSent == false
        ? "no more bytes were taken"
        : current?.head == nil ? "no reply" : "the reply stopped half-way"
      fail(bound.value, .timedOut("\(what) within \(timeout.nanoseconds / 1_000_000) ms"))
    }
  }

  private func restartDeadline(_ context: ChannelHandlerContext) {
    current?.deadline.cancel()
    current?.deadline = startDeadline(context)
  }
}
