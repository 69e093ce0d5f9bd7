import HotReloadServer
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Talks to one device by docs/PROTOCOL.md, over one connection that is kept while both sides agree.
///
/// Devices are in the same network: it connects to them itself, whatever proxy the environment names, and follows no
/// redirects. An upload goes to the device that was named, or nowhere.
///
/// A connection that turns out to be dead is replaced once for each call. Some devices serve one connection at
/// a time (a UART, a virtio console): call `close()` when there is nothing more to ask for the moment; the
/// next call connects again.
public actor DeviceClient {
  /// The device.
  public nonisolated let url: DeviceURL
  private let timeouts: Timeouts
  private let group: any EventLoopGroup
  /// Idle. Taken out while it is in use, so that two calls never share one.
  private var connection: HTTPConnection?
  /// A nonce that no upload has used yet, and when it was asked for.
  private var nonce: (bytes: [UInt8], asked: ContinuousClock.Instant)?

  /// Nothing is sent before the first call.
  public init(
    url: DeviceURL, timeouts: Timeouts = Timeouts(),
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) {
    self.url = url
    self.timeouts = timeouts
    self.group = group
  }

  /// Closes the idle connection, if there is one.
  public func close() async {
    let idle = connection
    connection = nil
    await idle?.close()
  }

  /// What the device says about itself, after everything that an upload needs but the module has been asked for: while that is
  /// built, nothing of it takes any time.
  public func prepareUpload() async throws(ClientError) -> DeviceStatus {
    let status = try await status()
    if status.authentication == .challenge, freshNonce == nil {
      let asked = ContinuousClock.now
      nonce = (try await challenge(), asked)
    }
    return status
  }

  /// What the device says about itself.
  public func status() async throws(ClientError) -> DeviceStatus {
    try await json(DeviceStatus.self, WirePath.status)
  }

  /// Whether a module is stored that was not loaded yet.
  public func pending() async throws(ClientError) -> Bool {
    struct Pending: Decodable { var pending: Bool }
    return try await json(Pending.self, WirePath.pending).pending
  }

  /// A fresh nonce: 16 bytes, usable once.
  public func challenge() async throws(ClientError) -> [UInt8] {
    struct Challenge: Decodable { var nonce: String }
    let text = try await json(Challenge.self, WirePath.challenge).nonce
    guard let nonce = Hex.decode(text), nonce.count == 16 else {
      throw .protocolViolation(url, detail: "the nonce is not 32 hex digits: '\(text)'")
    }
    return nonce
  }

  /// The nonce that was fetched ahead, if the device (docs/PROTOCOL.md: 30 s) will know it for a while.
  private var freshNonce: [UInt8]? {
    guard let nonce, ContinuousClock.now - nonce.asked < .seconds(20) else { return nil }
    return nonce.bytes
  }

  private func json<Value: Decodable>(
    _ type: Value.Type, _ path: StaticString
  ) async throws(ClientError) -> Value {
    let reply = try await retryingOnce { () async throws(AttemptError) in
      try await self.send(self.head(.GET, path.description))
    }
    do {
      return try JSONDecoder().decode(type, from: Data(reply.body))
    } catch {
      throw .protocolViolation(url, detail: "its reply to GET \(path) \(Self.misfit(error))")
    }
  }

  /// What is wrong with JSON, in a few words.
  private static func misfit(_ error: any Error) -> String {
    func place(_ path: [any CodingKey], _ last: [any CodingKey] = []) -> String {
      "'" + (path + last).map(\.stringValue).joined(separator: ".") + "'"
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context)?: return "lacks \(place(context.codingPath, [key]))"
    case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
      return context.codingPath.isEmpty
        ? "is no JSON object" : "has something else for \(place(context.codingPath))"
    case .dataCorrupted(let context)? where !context.codingPath.isEmpty:
      return "has something else for \(place(context.codingPath))"
    default: return "is no JSON"
    }
  }

  /// Stores `image` on the device.
  ///
  /// - Parameters:
  ///   - authentication: what `status()` says; asked for if nil.
  ///   - progress: called on another thread with the bytes sent so far and in all.
  /// - Returns: the device's words.
  @discardableResult
  public func upload(
    image: [UInt8], key: UploadKey, options: UploadOptions = UploadOptions(),
    authentication: DeviceStatus.Authentication? = nil,
    progress: (@Sendable (_ sent: Int, _ total: Int) -> Void)? = nil
  ) async throws(ClientError) -> String {
    var mode = authentication
    if mode == nil { mode = try await status().authentication }
    let authorization = UploadAuthorization(image: image, key: key)
    let target = options.target
    // A second attempt needs a nonce of its own: the first one's is used up.
    let reply = try await retryingOnce { () async throws(AttemptError) in
      var headers: [(name: String, value: String)]
      let ahead = mode == .body ? nil : self.freshNonce
      if mode == .body {
        headers = authorization.headersOverBody()
      } else {
        self.nonce = nil
        do throws(ClientError) {
          let nonce = if let ahead { ahead } else { try await self.challenge() }
          headers = authorization.headers(nonce: nonce, target: target)
        } catch {
          throw .final(error)
        }
      }
      headers.append((WireHeader.contentLength.description, "\(image.count)"))
      do throws(AttemptError) {
        return try await self.send(
          self.head(.POST, target, headers), body: image, progress: progress)
      } catch {
        // A device that has started again since knows no nonce of before.
        guard ahead != nil, case .final(.refused(let refusal)) = error, refusal.status == 403
        else { throw error }
        throw .again(error.clientError)
      }
    }
    return reply.text.trimmedEnd
  }

  /// esp_http_server takes 512 bytes of headers by default (CONFIG_HTTPD_MAX_REQ_HDR_LEN).
  static let maximumHeaderSize = 512

  private func head(
    _ method: HTTPMethod, _ target: String, _ headers: [(name: String, value: String)] = []
  ) throws(AttemptError) -> HTTPRequestHead {
    let all = [(name: "Host", value: url.authority)] + headers
    let size = all.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard size <= Self.maximumHeaderSize else {
      throw .final(
        .protocolViolation(
          url,
          detail: "the headers take \(size) bytes, a device \(Self.maximumHeaderSize): "
            + "use a shorter host name"))
    }
    return HTTPRequestHead(
      version: .http1_1, method: method, uri: target,
      headers: HTTPHeaders(all.map { ($0.name, $0.value) }))
  }

  /// One attempt on the idle connection or on a new one.
  private func send(
    _ head: HTTPRequestHead, body: [UInt8] = [],
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) async throws(AttemptError) -> HTTPReply {
    let reply: HTTPReply
    do throws(TransportError) {
      let used: HTTPConnection
      if let idle = connection, idle.isOpen {
        used = idle
      } else {
        used = try await HTTPConnection.open(to: url, timeouts: timeouts, group: group)
      }
      connection = nil
      reply = try await used.exchange(head, body: body, progress: progress)
      if connection == nil { connection = used } else { await used.close() }
    } catch {
      throw Task.isCancelled ? .final(.cancelled) : AttemptError(error, url)
    }
    if let stranger = reply.stranger {
      throw .final(.protocolViolation(url, detail: stranger))
    }
    guard reply.status == 200 else { throw .final(.refused(Refusal(reply))) }
    return reply
  }

  /// Repeats an attempt that is worth it, once.
  private func retryingOnce(
    _ attempt: () async throws(AttemptError) -> HTTPReply
  ) async throws(ClientError) -> HTTPReply {
    do throws(AttemptError) {
      return try await attempt()
    } catch {
      guard case .again = error else { throw error.clientError }
    }
    do throws(AttemptError) {
      return try await attempt()
    } catch {
      throw error.clientError
    }
  }
}
