import NIOCore
import NIOHTTP1

/// One request and the promise of its reply.
struct HTTPExchange: Sendable {
  var head: HTTPRequestHead
  var body: [UInt8]
  /// Called on the event loop each time the channel took more of the body: bytes so far, of how many.
  var progress: (@Sendable (Int, Int) -> Void)?
  var reply: EventLoopPromise<HTTPReply>
}

/// A complete reply.
struct HTTPReply: Equatable, Sendable {
  var status: Int
  /// `Location` (RFC 9110, section 10.2.2).
  var location: String?
  var body: [UInt8]

  /// Bodies are short texts and JSON; a longer one comes from somebody else.
  static let maximumBodySize = 256 * 1024

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Why there is no reply.
enum TransportError: Error, Equatable {
  /// No connection.
  case notConnected(String)
  /// The connection ended; `replyBegan` tells whether the peer had begun to answer.
  case lost(String, replyBegan: Bool)
  /// Nothing moved for too long.
  case timedOut(String)
  /// What came is no HTTP.
  case malformed(String)
}
