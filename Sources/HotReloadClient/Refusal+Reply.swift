#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Refusal {
  /// Takes the device's JSON, or, where something else answered, the beginning of its text.
  init(_ reply: HTTPReply) {
    struct Body: Decodable {
      var error: String
      var detail: String
    }
    // No JSON is no error of ours: the text is then all that there is to show.
    if let body = try? JSONDecoder().decode(Body.self, from: Data(reply.body)) {
      self.init(status: reply.status, error: body.error, detail: body.detail)
    } else {
      self.init(
        status: reply.status, error: "", detail: String(reply.text.trimmedEnd.prefix(500)))
    }
  }
}

extension String {
  /// Without white space at the end.
  var trimmedEnd: String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
