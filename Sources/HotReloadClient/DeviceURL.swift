/// Where a device listens: `http`, a host and a port, nothing else.
///
/// People type less than a URL: the scheme defaults to `http`, the port to 8080. IPv6 addresses may stand
/// bare (`fe80::1`, then without a port) or in brackets, with a zone (`[fe80::1%eth0]:8080`).
public struct DeviceURL: Hashable, Sendable {
  /// The port of hotreload_server_start() (`HOTRELOAD_SERVER_CONFIG_DEFAULT`).
  public static let defaultPort = 8080

  /// A name or an address, an IPv6 address without brackets and with its zone.
  public let host: String
  /// 1…65535.
  public let port: Int

  /// Reads what a person typed.
  ///
  /// - Throws: `DeviceURLError`, which says what is wrong with `text`.
  public init(_ text: String) throws(DeviceURLError) {
    func refuse(_ reason: String) -> DeviceURLError { DeviceURLError(text: text, reason: reason) }

    var rest = Substring(text)
    if let scheme = rest.firstRange(of: "://") {
      let name = rest[..<scheme.lowerBound].lowercased()
      guard name == "http" else {
        throw refuse(
          name == "https"
            ? "devices speak http, not https" : "the scheme is http, not '\(name)'")
      }
      rest = rest[scheme.upperBound...]
    }
    if rest.last == "/" { rest.removeLast() }
    guard !rest.contains(where: { "/?#".contains($0) }) else {
      throw refuse("a device has no path, only a host and a port")
    }
    guard !rest.contains("@") else { throw refuse("a device takes no user name") }

    let (host, port) = Self.split(rest)
    guard let host, !host.isEmpty else { throw refuse("the host is missing") }
    guard Self.isHost(host) else { throw refuse("'\(host)' is no host name or address") }
    self.host = String(host)
    guard let port else {
      self.port = Self.defaultPort
      return
    }
    guard port.allSatisfy({ $0.isASCII && $0.isNumber }), let number = UInt16(port), number > 0
    else {
      throw refuse("the port is a number from 1 to 65535, not '\(port)'")
    }
    self.port = Int(number)
  }

  /// Separates the host from the port, both as typed; no host where brackets do not match.
  private static func split(_ text: Substring) -> (host: Substring?, port: Substring?) {
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return (nil, nil) }
      let host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard host.contains(":") else { return (nil, nil) }
      if rest.isEmpty { return (host, nil) }
      return rest.first == ":" ? (host, rest.dropFirst()) : (nil, nil)
    }
    let colons = text.count { $0 == ":" }
    guard colons == 1, let colon = text.firstIndex(of: ":") else { return (text, nil) }
    return (text[..<colon], text[text.index(after: colon)...])
  }

  /// Whether only such characters occur as names and addresses have: what goes into the `Host` header
  /// must not end it.
  private static func isHost(_ text: Substring) -> Bool {
    let allowed = text.contains(":") ? ":.%-_" : ".-_"
    return text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || allowed.contains($0))
    }
  }

  /// Host and port as the `Host` header has them (RFC 9110, section 7.2): IPv6 in brackets, without zone.
  public var authority: String {
    let address = host.prefix { $0 != "%" }
    return (host.contains(":") ? "[\(address)]" : host) + ":\(port)"
  }
}

extension DeviceURL: CustomStringConvertible {
  /// The whole URL, to be shown and to be typed again.
  public var description: String {
    "http://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
  }
}

/// What somebody typed is no device URL.
public struct DeviceURLError: Error, Equatable, Sendable {
  /// As typed.
  public let text: String
  /// Half a sentence.
  public let reason: String
}
