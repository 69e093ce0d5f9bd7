import NIOCore
import NIOPosix
import SystemPackage
import Testing

@testable import HotReloadCommands

/// The relay before a device that answers every line with one reply, and hangs up after the line `bye` if it can.
@Suite(.timeLimit(.minutes(5))) struct ChannelRelayTests {
  private static let reply = Array(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}".utf8)

  /// Each connection is a socket of its own.
  private final class Device: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      for byte in unwrapInboundIn(data).readableBytesView where byte == UInt8(ascii: "\n") {
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: ChannelRelayTests.reply)), promise: nil)
      }
    }
  }

  /// One socket for all, and the C code of the board.
  private final class EscapedDevice: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var end = DeviceEnd(afterStart: true)
    private var text: [UInt8] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var events: [DeviceEnd.Event] = []
      end.receive(unwrapInboundIn(data).readableBytesView) { events.append($0) }
      for event in events {
        switch event {
        case .came, .left: text = []
        case .bytes(let bytes): for byte in bytes { take(byte, context) }
        }
      }
      send([], context)
    }

    private func take(_ byte: UInt8, _ context: ChannelHandlerContext) {
      guard byte == UInt8(ascii: "\n") else { return text.append(byte) }
      send(ChannelRelayTests.reply, context)
      if text == Array("bye".utf8) { end.hangUp() }
      text = []
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      let line = end.answer() + DeviceEnd.encode(bytes, room: 16).flatMap { $0 }
      context.writeAndFlush(NIOAny(ByteBuffer(bytes: line)), promise: nil)
    }
  }

  /// Sends a text and half-closes; returns how many replies came before the end.
  ///
  /// - Parameter prelude: what happens between the connection and the text.
  private func replies(
    to text: String, at port: Int, after prelude: () async throws -> Void = {}
  ) async throws -> Int {
    let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    return try await client.executeThenClose { inbound, outbound in
      try await prelude()
      try await outbound.write(ByteBuffer(string: text))
      outbound.finish()
      var all = ""
      for try await bytes in inbound { all += String(buffer: bytes) }
      return all.ranges(of: "HTTP/1.1 200").count
    }
  }

  /// Runs a relay before a device. A busy machine may take seconds for what should end a turn by itself.
  private func withRelay(
    _ framing: BoardDescriptor.Framing = .escaped, _ body: (ChannelRelay) async throws -> Void
  ) async throws {
    let world = try TestWorld()
    let socket = world.path("http")
    let device = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          switch framing {
          case .none: try channel.pipeline.syncOperations.addHandler(Device())
          case .escaped: try channel.pipeline.syncOperations.addHandler(EscapedDevice())
          }
        }
      }
      .bind(unixDomainSocketPath: socket.string).get()
    let relay = try await ChannelRelay(
      port: 0, device: socket, framing: framing,
      limits: RelayTurn.Limits(idle: .seconds(1), stall: .seconds(240), farewell: .seconds(240)))
    try await body(relay)
    await relay.close()
    try await device.close()
  }

  @Test(arguments: BoardDescriptor.Framing.allCases)
  func halfClosingClientsAreAnsweredEvenIfTheyHadToWait(framing: BoardDescriptor.Framing)
    async throws
  {
    try await withRelay(framing) { relay in
      async let first = replies(to: "one\ntwo\n", at: relay.port)
      async let second = replies(to: "three\n", at: relay.port)
      async let third = replies(to: "", at: relay.port)
      relay.open()
      let counts = try await [first, second, third]
      #expect(counts == [2, 1, 0])
    }
  }

  @Test(arguments: BoardDescriptor.Framing.allCases)
  func aClientThatStaysIsAnswered(framing: BoardDescriptor.Framing) async throws {
    try await withRelay(framing) { relay in
      relay.open()
      let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: relay.port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
      try await client.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: "one\n"))
        let reply = try await inbound.first { _ in true }
        #expect(reply != nil)
      }
    }
  }

  @Test(arguments: BoardDescriptor.Framing.allCases)
  func aClientThatSaysNothingYetNeitherHoldsUpNorLosesItsTurn(framing: BoardDescriptor.Framing)
    async throws
  {
    try await withRelay(framing) { relay in
      relay.open()
      let count = try await replies(to: "late\n", at: relay.port) {
        let other = try await replies(to: "quick\n", at: relay.port)
        #expect(other == 1)
      }
      #expect(count == 1)
    }
  }

  @Test func aDeviceCanHangUp() async throws {
    try await withRelay { relay in
      relay.open()
      // It would have answered the line behind it, too.
      let last = try await replies(to: "one\nbye\ntwo\n", at: relay.port)
      let next = try await replies(to: "three\n", at: relay.port)
      #expect([last, next] == [2, 1])
    }
  }

  @Test func clientsThatAbortLeaveTheLineToTheNext() async throws {
    try await withRelay { relay in
      relay.open()
      for _ in 1...2 {
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(host: "127.0.0.1", port: relay.port).get()
        try await client.writeAndFlush(ByteBuffer(string: "one\ntwo\nthr"))
        try await client.close()
        let next = try await replies(to: "four\n", at: relay.port)
        #expect(next == 1)
      }
    }
  }
}
