import NIOHTTP1
import NIOPosix
import Testing

@testable import HotReloadClient

/// A device that goes away while it is spoken to: whenever, and however.
@Suite struct VanishingDeviceTests {
  /// When it goes.
  enum Moment: CaseIterable {
    case askedForStatus, askedForNonce, headOfUpload, middleOfUpload, endOfUpload, middleOfReply
  }

  /// How it goes.
  enum Manner: CaseIterable { case close, reset, silence }

  private static func answer(_ moment: Moment, _ manner: Manner) -> LoopbackDevice.Answer {
    let beginning = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nOK: "
    if moment == .middleOfReply, manner == .close { return .raw(beginning) }
    if moment == .middleOfReply, manner == .silence { return .part(beginning) }
    return switch manner {
    case .close: .drop
    case .reset: .reset
    case .silence: .silence
    }
  }

  @Test(arguments: Moment.allCases, Manner.allCases)
  func itIsUnreachableWithAReason(moment: Moment, manner: Manner) async throws {
    let gone = Self.answer(moment, manner)
    let device = try await LoopbackDevice(
      .init(
        head: { $0.method == "POST" && moment == .headOfUpload ? gone : nil },
        body: { $0.body.count > 100_000 && moment == .middleOfUpload ? gone : nil },
        request: { request in
          switch request.target {
          case "/status": moment == .askedForStatus ? gone : .reply(200, Sample.status())
          case "/challenge":
            moment == .askedForNonce ? gone : .reply(200, #"{"nonce":"\#(Sample.nonce)"}"#)
          default: gone
          }
        }))
    let timeouts = Timeouts(
      connect: .seconds(240), reply: manner == .silence ? .milliseconds(50) : .seconds(240))
    let key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url, timeouts: timeouts).upload(
        image: Array(repeating: 1, count: 300_000), key: key)
    }
    guard case .unreachable(device.url, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty && !reason.contains("Error"), "\(reason)")
    #expect(device.targets.count { $0 == "POST /upload" } <= 2, "\(device.targets)")
  }

  /// A cancelled request closes its connection: from another thread, and perhaps before it is written.
  @Test(.timeLimit(.minutes(1)))
  func aRequestOnAConnectionThatIsClosedAlreadyEnds() async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .silence }))
    let connection = try await HTTPConnection.open(
      to: device.url, timeouts: Timeouts(), group: MultiThreadedEventLoopGroup.singleton)
    await connection.close()
    #expect(!connection.isOpen)
    await #expect(throws: TransportError.lost("the connection is not open", replyBegan: false)) {
      try await connection.exchange(.init(version: .http1_1, method: .GET, uri: "/status"))
    }
  }

  @Test(.timeLimit(.minutes(1))) func aCancelledQuestionEndsAndTheNextIsAnswered() async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .reply(200, Sample.status()) }))
    let client = DeviceClient(url: device.url)
    for _ in 0..<200 {
      let asking = Task { try await client.status() }
      asking.cancel()
      _ = await asking.result
    }
    #expect(try await client.status().bootID != "")
  }
}
