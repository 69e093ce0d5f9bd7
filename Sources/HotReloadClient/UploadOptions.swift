import HotReloadServer

/// What an upload asks for beyond storing the image. Options travel in the request target, hence they are
/// authenticated with it.
public struct UploadOptions: Equatable, Sendable {
  /// Label of the module's partition; nil for the server's own.
  public var partition: String?

  /// By default for the server's own partition.
  public init(partition: String? = nil) {
    self.partition = partition
  }

  /// The request target: path and query.
  var target: String {
    guard let partition else { return WirePath.upload.description }
    return "\(WirePath.upload)?\(WireParameter.partition)=" + Self.percentEncoded(partition)
  }

  /// RFC 3986, section 2.3: unreserved characters stand for themselves.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
        return String(character)
      }
      return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }
}
