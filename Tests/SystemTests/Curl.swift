/// Requests by curl(1), a client that shares no code with ours.
enum Curl {
  struct Reply: Sendable, CustomStringConvertible {
    var status: Int
    var head: String
    var body: String

    var description: String { head + body }
  }

  /// One request; `options` are curl's.
  static func request(_ url: String, _ options: String...) async throws -> Reply {
    try await request(url, options)
  }

  static func request(_ url: String, _ options: [String]) async throws -> Reply {
    let result = try await ChildProcess.succeed(
      ["curl", "-sS", "-i", "--max-time", "30"] + options + [url])
    // An interim `100 Continue` comes before the reply.
    var rest = Substring(result.output)
    var head = Substring()
    repeat {
      guard let end = rest.firstRange(of: "\r\n\r\n") else {
        throw ChildProcess.Failure(result: result)
      }
      head = rest[..<end.upperBound]
      rest = rest[end.upperBound...]
    } while head.hasPrefix("HTTP/1.1 100 ")
    guard let status = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw ChildProcess.Failure(result: result)
    }
    return Reply(status: status, head: String(head), body: String(rest))
  }
}
