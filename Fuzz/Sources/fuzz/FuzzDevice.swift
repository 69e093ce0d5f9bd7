import Foundation
import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import HotReloadSoftwareCrypto
import HotReloadStore
import TestImages

/// A simulated device with two modules and a server that runs, and what is true of it whatever it is sent.
struct FuzzDevice {
  static let key = [UInt8](0..<32)
  private static let firmwareID = [UInt8](repeating: 0xF0, count: 32)
  private static let partitions = ["hotreload", "second"]
  private static let size: UInt32 = 16 << 10

  /// Where uploads go to.
  static let targets = [
    "/upload", "/upload?partition=second", "/upload?stage=ram",
    "/upload?stage=ram-only&partition=second",
  ]

  let device: SimulatedDevice

  init(chip: Chip, authentication: Authentication) {
    let flash = SimulatedFlash(
      Self.partitions.map { .init(label: $0, size: Self.size, eraseSize: 4096) })
    let firmware = SimulatedFirmware(
      buildID: Self.firmwareID, chip: chip.id, key: Self.key,
      tables: Self.partitions.map { SimulatedSymbolTable(partition: $0, exports: ["run"]) })
    device = SimulatedDevice(chip: chip, flash: flash, firmware: firmware)
    do throws(RuntimeError) {
      try device.runtime.startServer(
        label: nil, maximumLength: Self.size / 2, authentication: authentication)
    } catch { fatalError("no server: \(error)") }
  }

  /// A module for this device.
  func module(version: UInt8) -> [UInt8] {
    let chip = device.chip
    var builder: PackedImageBuilder
    switch chip.instructionSet {
    case .riscv(let floatABI):
      builder = .small(executableOffset: chip.executableOffset, chip: chip.id)
      builder.elfFlags = floatABI == .single ? 0x3 : 0x1
    case .xtensa: builder = .smallXtensa(chip: chip.id)
    }
    builder.firmwareID = Self.firmwareID
    builder.moduleID = [UInt8](repeating: version, count: 32)
    builder.sequence = UInt64(version)
    builder.namesHash = device.firmware.table(at: 0).namesHash
    return builder.build()
  }

  /// What the store holds: all of the flash where an upload that counts changes something.
  var storedImages: [StoredImage?] {
    Self.partitions.map { label in
      guard let label = PartitionLabel(label),
        let partition = try? device.flash.partition(labelled: label),
        let store = try? ModuleStore<SoftwareSHA256>(partition)
      else { return nil }
      return try? store.currentImage(in: device.flash)
    }
  }

  /// Loads what is stored, as the application does at its safe point.
  func load() {
    for name in Self.partitions {
      if let label = PartitionLabel(name) { try? device.runtime.load(from: label) }
    }
    for (index, _) in Self.partitions.enumerated() {
      for case let slot? in device.firmware.table(at: UInt32(index)).slots {
        require(device.memory.isExecutable(at: slot), "a published function is code")
      }
    }
  }

  /// The head of an upload that the developer signed.
  static func signedHead(
    _ body: [UInt8], target: String, nonce: [UInt8]?, announced: UInt32
  ) -> String {
    let digest = sha256(body)
    let code: SHA256Digest
    if let nonce {
      code = ChallengeAuthenticator<SoftwareSHA256>.code(
        key: key.span, nonce: nonce.span, sha256: digest.span, length: announced,
        target: Array(target.utf8).span)
    } else {
      var hmac = HMACSHA256<SoftwareSHA256>(key: key.span)
      hmac.update(body.raw)
      code = hmac.finalize()
    }
    let proof = code.bytes.indices.map { code.bytes[$0] }
    var head = "POST \(target) HTTP/1.1\r\nContent-Length: \(announced)\r\n"
    head += "X-Hotreload-SHA256: \(hex(digest))\r\nX-Hotreload-HMAC: \(hex(proof))\r\n"
    if let nonce { head += "X-Hotreload-Nonce: \(hex(nonce))\r\n" }
    return head
  }

  /// The nonce in a reply to `GET /challenge`.
  static func nonce(in reply: String) -> [UInt8]? {
    guard let range = reply.firstRange(of: "\"nonce\":\"") else { return nil }
    let digits = Array(reply[range.upperBound...].utf8.prefix(32))
    var nonce = [UInt8](repeating: 0, count: 16)
    var bytes = nonce.mutableSpan
    return Hex.decode(digits.span, into: &bytes) ? nonce : nil
  }

  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var hasher = SoftwareSHA256()
    hasher.update(bytes.raw)
    let digest = hasher.finalize()
    return digest.bytes.indices.map { digest.bytes[$0] }
  }
}

/// Stops the process unless `text` is whole replies, each as long as it says.
func checkReplies(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    require(rest.starts(with: "HTTP/1.1 ".utf8), "a reply begins as one: \(text)")
    guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else {
      fatalError("broken rule: a reply's head has an end: \(text)")
    }
    let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    rest = rest[end.upperBound...]
    if status == 100 { continue }
    require((200..<600).contains(status), "a reply has a status: \(text)")
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
    guard let length, length <= rest.count else {
      fatalError("broken rule: a reply is as long as it says: \(text)")
    }
    let isJSON = lines.contains { $0.lowercased() == "content-type: application/json" }
    let body = Data(rest.prefix(length))
    require(
      !isJSON || (try? JSONSerialization.jsonObject(with: body)) != nil, "JSON is JSON: \(text)")
    rest = rest.dropFirst(length)
  }
}
