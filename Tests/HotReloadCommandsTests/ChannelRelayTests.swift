import NIOCore
import NIOPosix
import SystemPackage
import Testing

@testable import HotReloadCommands

/// The relay before a device that answers every line with one reply and never hangs up.
@Suite(.timeLimit(.minutes(5))) struct ChannelRelayTests {
  private final class Device: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      for byte in unwrapInboundIn(data).readableBytesView where byte == UInt8(ascii: "\n") {
        let reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}"
        context.writeAndFlush(NIOAny(ByteBuffer(string: reply)), promise: nil)
      }
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
  private func withRelay(_ body: (ChannelRelay) async throws -> Void) async throws {
    let world = try TestWorld()
    let socket = world.path("http")
    let device = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Device())
        }
      }
      .bind(unixDomainSocketPath: socket.string).get()
    let relay = try await ChannelRelay(
      port: 0, device: socket,
      limits: RelayTurn.Limits(idle: .seconds(1), stall: .seconds(240), farewell: .seconds(240)))
    try await body(relay)
    await relay.close()
    try await device.close()
  }

  @Test func halfClosingClientsAreAnsweredEvenIfTheyHadToWait() async throws {
    try await withRelay { relay in
      async let first = replies(to: "one\ntwo\n", at: relay.port)
      async let second = replies(to: "three\n", at: relay.port)
      async let third = replies(to: "", at: relay.port)
      relay.open()
      let counts = try await [first, second, third]
      #expect(counts == [2, 1, 0])
    }
  }

  @Test func aClientThatStaysIsAnswered() async throws {
    try await withRelay { relay in
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

  @Test func aClientThatSaysNothingYetNeitherHoldsUpNorLosesItsTurn() async throws {
    try await withRelay { relay in
      relay.open()
      let count = try await replies(to: "late\n", at: relay.port) {
        let other = try await replies(to: "quick\n", at: relay.port)
        #expect(other == 1)
      }
      #expect(count == 1)
    }
  }
}
