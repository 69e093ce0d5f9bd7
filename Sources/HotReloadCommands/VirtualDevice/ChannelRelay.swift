import NIOCore
import NIOPosix
import SystemPackage

/// The port of a virtual device on 127.0.0.1. Takes many clients and lets them to the emulator one after the
/// other: its character devices serve one connection at a time and never hang up.
struct ChannelRelay: Sendable {
  /// What clients connect to.
  let port: Int
  private let listener: any Channel
  private let line: NIOLoopBound<RelayLine>

  /// Listens; clients wait until `open()`.
  ///
  /// - Parameters:
  ///   - port: 0 for a free one.
  ///   - device: the Unix-domain socket that the emulator will listen on.
  ///   - limits: how long a silent client is served.
  /// - Throws: the system's error if it cannot listen there.
  init(
    port: Int, device: FilePath, limits: RelayTurn.Limits = RelayTurn.Limits()
  ) async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let line = try await loop.submit {
      NIOLoopBound(RelayLine(device: device, limits: limits), eventLoop: loop)
    }.get()
    listener = try await ServerBootstrap(group: loop, childGroup: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture { try line.value.join(client) }
      }
      .bind(host: "127.0.0.1", port: port).get()
    self.line = line
    guard let port = listener.localAddress?.port else {
      try await listener.close()
      throw ChannelError.unknownLocalAddress
    }
    self.port = port
  }

  /// Begins to serve: the emulator listens.
  func open() {
    listener.eventLoop.execute { line.value.open() }
  }

  /// Hangs up on everybody and frees the port.
  func close() async {
    // An error here means that it is closed already.
    try? await listener.close()
    try? await listener.eventLoop.submit { line.value.close() }.get()
  }
}

/// Who is served and who waits. Confined to one event loop.
private final class RelayLine {
  /// A client beyond it is hung up on.
  private static let limit = 64

  private let device: FilePath
  private let limits: RelayTurn.Limits
  private var waiting: [RelayConnection] = []
  private var served: RelayConnection?
  /// All that are open, those included that are only waited for to go.
  private var clients: [ObjectIdentifier: any Channel] = [:]
  private var isOpen = false

  init(device: FilePath, limits: RelayTurn.Limits) {
    self.device = device
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
  }

  private func serve() {
    if isOpen, served == nil, let index = waiting.firstIndex(where: { $0.isReady }) {
      let next = waiting.remove(at: index)
      served = next
      next.begin(with: device)
    }
    served?.set(othersWait: othersWait)
  }

  private var othersWait: Bool { waiting.contains { $0.isReady } }
}
