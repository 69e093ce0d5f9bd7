import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a device.
struct HTTPConnection: Sendable {
  private let channel: any Channel

  /// Whether another request may be tried on it.
  var isOpen: Bool { channel.isActive }

  /// Connects, by whatever of the host's addresses answers first (RFC 8305).
  static func open(
    to url: DeviceURL, timeouts: Timeouts, group: any EventLoopGroup
  ) async throws(TransportError) -> HTTPConnection {
    let bootstrap = ClientBootstrap(group: group)
      .connectTimeout(TimeAmount(timeouts.connect))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(
            HTTPExchangeHandler(timeout: TimeAmount(timeouts.reply)))
        }
      }
    do {
      return HTTPConnection(
        channel: try await bootstrap.connect(host: url.host, port: url.port).get())
    } catch {
      throw .notConnected(Self.reason(error, timeouts))
    }
  }

  /// Sends one request and returns its reply. One at a time.
  func exchange(
    _ head: HTTPRequestHead, body: [UInt8] = [],
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) async throws(TransportError) -> HTTPReply {
    let reply = channel.eventLoop.makePromise(of: HTTPReply.self)
    let exchange = HTTPExchange(head: head, body: body, progress: progress, reply: reply)
    // On a connection that is closed already nobody is left who would answer.
    let written = channel.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenFailure { _ in
      reply.fail(TransportError.lost("the connection is not open", replyBegan: false))
    }
    do {
      return try await withTaskCancellationHandler {
        channel.write(exchange, promise: written)
        return try await reply.futureResult.get()
      } onCancel: {
        channel.close(promise: nil)
      }
    } catch let error as TransportError {
      throw error
    } catch {
      throw .lost("\(error)", replyBegan: false)
    }
  }

  func close() async {
    // An error here means that it is closed already.
    try? await channel.close()
  }

  /// NIO wraps the system's error once for each address that was tried.
  private static func reason(_ error: any Error, _ timeouts: Timeouts) -> String {
    switch error {
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first { return reason(first.error, timeouts) }
      return "the host name is not known"
    case let error as IOError:
      return PlatformError.text(error.errnoCode)
    case ChannelError.connectTimeout:
      return "no answer within \(timeouts.connect)"
    case is SocketAddressError:
      return "the host name is not known"
    default:
      return "\(error)"
    }
  }
}
