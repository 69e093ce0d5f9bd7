import NIOCore
import NIOPosix
import SystemPackage

/// The port of a virtual device on 127.0.0.1. Takes many clients and lets them to the emulator one after the
/// other: its character devices serve one connection at a time.
struct ChannelRelay: Sendable {
  /// What clients connect to.
  let port: Int
  private let listener: any Channel
  private let queue: NIOLoopBound<RelayQueue>

  /// Listens; clients wait until `open()`.
  ///
  /// - Parameters:
  ///   - port: 0 for a free one.
  ///   - device: the Unix-domain socket that the emulator will listen on.
  ///   - framing: how the device tells connections apart.
  ///   - limits: how long a silent client is served.
  /// - Throws: the system's error if it cannot listen there.
  init(
    port: Int, device: FilePath, framing: BoardDescriptor.Framing = .none,
    limits: RelayTurn.Limits = RelayTurn.Limits()
  ) async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let queue = try await loop.submit {
      let link: any DeviceLink =
        switch framing {
        case .none: SocketLink(device, on: loop)
        case .escaped: EscapedLink(device, on: loop)
        }
      return NIOLoopBound(RelayQueue(link, limits: limits), eventLoop: loop)
    }.get()
    listener = try await ServerBootstrap(group: loop, childGroup: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture { try queue.value.join(client) }
      }
      .bind(host: "127.0.0.1", port: port).get()
    self.queue = queue
    guard let port = listener.localAddress?.port else {
      try await listener.close()
      throw ChannelError.unknownLocalAddress
    }
    self.port = port
  }

  /// Begins to serve: the emulator listens.
  func open() {
    listener.eventLoop.execute { queue.value.open() }
  }

  /// Hangs up on everybody and frees the port.
  func close() async {
    // An error here means that it is closed already.
    try? await listener.close()
    try? await listener.eventLoop.submit { queue.value.close() }.get()
  }
}

/// Who is served and who waits. Confined to one event loop.
private final class RelayQueue {
  /// A client beyond it is hung up on.
  private static let limit = 64

  private let link: any DeviceLink
  private let limits: RelayTurn.Limits
  private var waiting: [RelayConnection] = []
  private var served: RelayConnection?
  /// All that are open, those included that are only waited for to go.
  private var clients: [ObjectIdentifier: any Channel] = [:]
  private var isOpen = false

  init(_ link: any DeviceLink, limits: RelayTurn.Limits) {
    self.link = link
    self.limits = limits
  }

  func join(_ client: any Channel) throws {
    guard waiting.count < Self.limit else { return client.close(promise: nil) }
    let connection = try RelayConnection(client, limits: limits, onReady: serve) { ended in
      guard self.served === ended else { return }
      self.served = nil
      self.serve()
    }
    let key = ObjectIdentifier(client)
    clients[key] = client
    client.closeFuture.assumeIsolated().whenComplete { _ in
      self.clients[key] = nil
      self.waiting.removeAll { $0 === connection }
      self.served?.set(othersWait: self.othersWait)
    }
    waiting.append(connection)
  }

  func open() {
    isOpen = true
    serve()
  }

  func close() {
    isOpen = false
    waiting = []
    for client in clients.values { client.close(promise: nil) }
    link.close()
  }

  private func serve() {
    if isOpen, served == nil, let index = waiting.firstIndex(where: { $0.isReady }) {
      let next = waiting.remove(at: index)
      served = next
      next.begin(over: link)
    }
    served?.set(othersWait: othersWait)
  }

  private var othersWait: Bool { waiting.contains { $0.isReady } }
}
