import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@testable import HotReloadClient

/// A device on 127.0.0.1 that does what a test tells it to.
final class LoopbackDevice: Sendable {
  struct Request: Sendable {
    var method: String
    var target: String
    var headers: [String: String]
    var body: [UInt8] = []
    /// Number of the connection, from 0.
    var connection: Int
  }

  enum Answer: Sendable {
    /// A whole reply.
    case reply(Int, String, close: Bool = false)
    /// These very bytes, then the end of the connection.
    case raw(String)
    /// These very bytes, and then nothing.
    case part(String)
    /// The end of the connection.
    case drop
    /// The same by a TCP reset: the power went, or the device started anew.
    case reset
    /// Nothing.
    case silence
  }

  /// What to say to a head and to a part of a body (nil: wait for the rest), and to a whole request.
  struct Script: Sendable {
    var head: @Sendable (Request) -> Answer? = { _ in nil }
    var body: @Sendable (Request) -> Answer? = { _ in nil }
    var request: @Sendable (Request) -> Answer
  }

  private let channel: any Channel
  private let log: Log
  let url: DeviceURL

  /// Heads in the order they came, with what had come of the bodies.
  var requests: [Request] { log.requests.withLock { $0 } }
  var targets: [String] { requests.map { "\($0.method) \($0.target)" } }

  final class Log: Sendable {
    let requests = Mutex<[Request]>([])
    let connections = Mutex(0)
  }

  init(_ script: Script) async throws {
    let log = Log()
    self.log = log
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { child in
        child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(HTTPRequestDecoder()), Handler(script: script, log: log),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    url = try DeviceURL("127.0.0.1:\(channel.localAddress?.port ?? 0)")
  }

  /// Answers every whole request by target; 404 for others.
  convenience init(_ replies: [String: Answer]) async throws {
    try await self.init(
      Script(request: { replies["\($0.method) \($0.target)"] ?? .reply(404, "no") }))
  }

  deinit { channel.close(promise: nil) }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    let script: Script
    let log: Log
    var connection = 0
    var current: (request: Request, index: Int)?

    init(script: Script, log: Log) {
      self.script = script
      self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
      connection = log.connections.withLock { count in
        defer { count += 1 }
        return count
      }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        let request = Request(
          method: head.method.rawValue, target: head.uri,
          headers: Dictionary(
            head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
          connection: connection)
        let index = log.requests.withLock { requests in
          requests.append(request)
          return requests.count - 1
        }
        current = (request, index)
        if let answer = script.head(request) { play(answer, context) }
      case .body(let bytes):
        guard let index = current?.index else { return }
        current?.request.body += bytes.readableBytesView
        let request = current?.request
        log.requests.withLock { if let request { $0[index] = request } }
        if let request, let answer = script.body(request) { play(answer, context) }
      case .end:
        guard let request = current?.request else { return }
        current = nil
        play(script.request(request), context)
      }
    }

    private func play(_ answer: Answer, _ context: ChannelHandlerContext) {
      switch answer {
      case .reply(let status, let body, let close):
        send(
          "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\n"
            + "\(close ? "Connection: close\r\n" : "")\r\n\(body)", context)
        if close { context.close(promise: nil) }
      case .raw(let text):
        send(text, context)
        context.close(promise: nil)
      case .part(let text):
        send(text, context)
      case .drop:
        current = nil
        context.close(promise: nil)
      case .reset:
        current = nil
        // Without time to linger, closing is a reset.
        (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
          .whenFailure { Issue.record("no SO_LINGER: \($0)") }
        context.close(promise: nil)
      case .silence:
        break
      }
    }

    private func send(_ text: String, _ context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }
  }
}

/// JSON as a device sends it.
enum Sample {
  static let firmware = String(repeating: "f0", count: 32)
  static let module = String(repeating: "ab", count: 32)
  static let nonce = "000102030405060708090a0b0c0d0e0f"

  static func status(
    auth: String = "challenge", module: String? = nil, pending: Bool = false,
    boot: String = "0123456789abcdef", failed: String? = nil
  ) -> String {
    let modules =
      module.map {
        """
        {"partition":"hotreload","loaded":true,"id":"\($0)","sequence":1763712000000,"size":420,\
        "slot":1,"address":2155905024,"executable_address":2155905024,"ram":160,"load_us":210,\
        "swap_us":3}
        """
      } ?? #"{"partition":"hotreload","loaded":false}"#
    let error =
      failed.map { #"{"module":"\#($0)","error":"not_loadable","detail":"no memory"}"# } ?? "null"
    return """
      {"server":"hotreload 0.1.0","chip":"qemu-riscv32","uptime_ms":4211,"boot_id":"\(boot)",\
      "firmware":{"id":"\(firmware)","version":"1"},"auth":"\(auth)","pending":\(pending),\
      "reloads":1,"modules":[\(modules)],"last_error":\(error)}\n
      """
  }
}
