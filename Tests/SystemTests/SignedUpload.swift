import SystemPackage

@testable import HotReloadClient

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An upload by curl with headers that a test may falsify.
struct SignedUpload: Sendable {
  let body: [UInt8]
  private let file: FilePath
  var target: String
  var headers: [String: String] = [:]
  /// More for curl.
  var options: [String] = []

  /// Signed with the project's key for a nonce of the device.
  ///
  /// - Parameter signed: the content that the signature is for, if not the body's.
  init(
    _ body: [UInt8], signedFor signed: [UInt8]? = nil, target: String = "/upload",
    key project: FirmwareProject, to device: VirtualDevice
  ) async throws {
    self.body = body
    file = try project.scratchFile("upload.bin")
    self.target = target
    let challenge = try await Curl.request(device.url + "/challenge")
    let nonce = try JSONDecoder().decode([String: String].self, from: Data(challenge.body.utf8))
    guard let digits = nonce["nonce"], let nonce = Hex.decode(digits),
      let key = UploadKey(bytes: try FirmwareProject.bytes(of: project.key))
    else { throw Unusable(reply: challenge) }
    let authorization = UploadAuthorization(image: signed ?? body, key: key)
    for header in authorization.headers(nonce: nonce, target: target) {
      headers[header.name] = header.value
    }
  }

  struct Unusable: Error {
    var reply: Curl.Reply
  }

  /// The body in a file, until the next upload.
  func bodyFile() throws -> FilePath {
    try Data(body).write(to: URL(filePath: file.string))
    return file
  }

  func send(to device: VirtualDevice) async throws -> Curl.Reply {
    try await Curl.request(
      device.url + target,
      headers.flatMap { ["-H", "\($0.key): \($0.value)"] }
        + ["--data-binary", "@\(bodyFile())"] + options)
  }

  /// The very bytes of the request.
  ///
  /// - Parameter fields: more of the head, each `name: value`.
  func bytes(_ fields: String...) -> [UInt8] {
    var lines = ["POST \(target) HTTP/1.1", "Content-Length: \(body.count)"]
    lines += headers.map { "\($0.key): \($0.value)" } + fields
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }
}
