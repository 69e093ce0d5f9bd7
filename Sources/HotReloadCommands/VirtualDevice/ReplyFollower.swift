/// Follows the HTTP/1.1 replies in the bytes a device sends (RFC 9112 section 6), to know where each ends and
/// whether it is the last one.
///
/// Replies of the protocol carry `Content-Length` and `Connection` (docs/PROTOCOL.md). What has another form is
/// passed over to its end: then nothing is known.
struct ReplyFollower {
  /// More than a head of the device has, in bytes.
  private static let headLimit = 4096

  private enum State: Equatable {
    case head
    /// Bytes of the body that are still to come, at least 1.
    case body(Int, isLast: Bool)
    /// `Connection: close`, and its body is complete.
    case over
    case unknown
  }

  private var state = State.head
  private var head: [UInt8] = []

  /// Whether a reply with `Connection: close` is complete.
  var isOver: Bool { state == .over }

  /// Whether no reply has begun that is not complete.
  var isBetweenReplies: Bool { state == .head && head.isEmpty }

  /// Takes the next bytes.
  ///
  /// - Returns: whether a reply was completed with them, interim ones (1xx) aside.
  mutating func see(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = bytes[...]
    var isComplete = false
    while !rest.isEmpty {
      switch state {
      case .head:
        let known = head.count
        head += rest.prefix(Self.headLimit - known)
        guard let end = head.firstRange(of: [13, 10, 13, 10])?.upperBound else {
          if head.count == Self.headLimit { state = .unknown }
          return isComplete
        }
        rest = rest.dropFirst(end - known)
        isComplete = begin(head[..<end]) || isComplete
        head = []
      case .body(let count, let isLast):
        let passed = rest.prefix(count).count
        rest = rest.dropFirst(passed)
        if passed < count {
          state = .body(count - passed, isLast: isLast)
        } else {
          state = isLast ? .over : .head
          isComplete = true
        }
      case .over, .unknown:
        return isComplete
      }
    }
    return isComplete
  }

  /// What follows a head; true if that was the whole reply.
  private mutating func begin(_ head: ArraySlice<UInt8>) -> Bool {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
      state = .unknown
      return false
    }
    if (100..<200).contains(status) { return false }
    var length: Int?
    var isLast = false
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      switch line[..<colon].lowercased() {
      case "content-length": length = Int(value)
      case "connection": isLast = value.lowercased() == "close"
      default: break
      }
    }
    guard let length, length >= 0 else {
      state = .unknown
      return false
    }
    if length > 0 {
      state = .body(length, isLast: isLast)
      return false
    }
    state = isLast ? .over : .head
    return true
  }
}
