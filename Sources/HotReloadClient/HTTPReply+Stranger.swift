extension HTTPReply {
  /// What gives this reply away as somebody else's than a device's: a proxy's, a login page's of the network, a web
  /// server's. Nil if a device may have sent it.
  ///
  /// The content type says nothing: esp_http_server sends its own refusals, plain sentences, as text/html.
  var stranger: String? {
    switch status {
    case 300..<400:
      return "it sends elsewhere (\(status)" + (location.map { " to \($0.prefix(200))" } ?? "")
        + ")"
    case 407, 502, 504, 511:
      // Proxy Authentication Required, Bad Gateway, Gateway Timeout (RFC 9110), Network Authentication Required
      // (RFC 6585): a device has no words for these.
      return "a proxy answers in its place (\(status))"
    default:
      return isWebPage ? "it answers with a web page (\(status))" : nil
    }
  }

  private var isWebPage: Bool {
    body.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "<")
  }
}
