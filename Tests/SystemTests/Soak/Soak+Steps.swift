import Testing

@testable import HotReloadClient

extension Soak {
  /// Does one thing and waits until it is done. True if the power has to be cut now.
  func perform(
    _ step: SoakStep, on device: VirtualDevice, _ client: DeviceClient
  ) async throws -> Bool {
    // An upload may take the place of what is not confirmed yet; it is what runs then, and is lost by a restart.
    if step != .reload {
      while try await client.status().modules.first?.state != "confirmed" {}
    }
    switch step {
    case .reload:
      let variant = another()
      try await send(variant, .flash, client)
      try await expectReload(of: variant, on: device)
      stored = variant.number
    case .reloadFromRAM:
      let variant = another()
      try await send(variant, .ram, client)
      try await expectReload(of: variant, on: device)
      while try await client.status().modules.first?.stored != true {}
      stored = variant.number
      bytesInRAM = 0
    case .reloadFromRAMOnly:
      let variant = another()
      try await send(variant, .ramOnly, client)
      try await expectReload(of: variant, on: device)
    case .twoClients:
      try await sendTwo(on: device, client)
    case .abortedUpload:
      try await sendHalf(of: another(), to: device, client)
    case .wrongDigest:
      try await sendOtherBytes(to: device, client)
    case .corruptImage:
      var image = another().image
      // Another machine, or the end is missing (gABI, "ELF Header": e_machine).
      if Bool.random(using: &random) { image[18] ^= 0xFF } else { image.removeLast(20) }
      try await expect(422, of: image, client)
    case .otherFirmware:
      var image = another().image
      let id = try #require(Hex.decode(try await client.status().firmware.id))
      let place = try #require(image.firstRange(of: id), "the image names its firmware")
      image[Int.random(in: place, using: &random)] ^= 1
      try await expect(409, of: image, client)
    case .refusedLoad, .refusedLoadFromRAM:
      try await send(variants.refusing, step == .refusedLoad ? .flash : .ram, client)
      bytesInRAM = 0
      try await expectRefusal(on: device)
    case .crash, .crashFromRAM:
      try await send(variants.crashing, step == .crash ? .flash : .ram, client)
      try await expectStart(of: device)
      let error = try await client.status().lastError?.error
      guard error == "rolled_back" else { throw Wrong(description: "last_error \(error ?? "")") }
    case .powerCutWhileUploading:
      try await sendHalf(of: another(), to: device, client)
      return true
    case .powerCutOnTrial:
      let variant = another()
      try await send(variant, .ram, client)
      try await expectReload(of: variant, on: device)
      orStored = variant.number
      return true
    }
    return false
  }

  /// A variant that does not run, nor is one of `others`.
  private func another(than others: [SoakVariant] = []) -> SoakVariant {
    let choice = variants.good.filter { variant in
      variant.number != running && !others.contains { $0.number == variant.number }
    }
    return choice[Int.random(in: choice.indices, using: &random)]
  }

  private func anyStage() -> UploadOptions.Stage {
    [.flash, .ram, .ramOnly][Int.random(in: 0..<3, using: &random)]
  }

  private func send(
    _ variant: SoakVariant, _ stage: UploadOptions.Stage, _ client: DeviceClient
  ) async throws {
    try await client.upload(
      image: variant.image, key: key(), options: UploadOptions(stage: stage),
      authentication: .challenge)
    // The runtime asks for whole units of 16 bytes.
    bytesInRAM = stage == .flash ? 0 : (variant.image.count + 15) / 16 * 16
  }

  private func key() throws -> UploadKey {
    try #require(UploadKey(bytes: FirmwareProject.bytes(of: project.key)))
  }

  /// The device refuses an image with this status.
  private func expect(
    _ status: Int, of image: [UInt8], _ client: DeviceClient
  ) async throws {
    let key = try key()
    do {
      try await client.upload(
        image: image, key: key, options: UploadOptions(stage: anyStage()),
        authentication: .challenge)
    } catch ClientError.refused(let refusal) where refusal.status == status {
      return
    }
    throw Wrong(description: "it took the image")
  }

  private func sendTwo(on device: VirtualDevice, _ client: DeviceClient) async throws {
    let one = another()
    let two = another(than: [one])
    let other = DeviceClient(url: client.url)
    async let first = accepted(one, client)
    async let second = accepted(two, other)
    let accepted = try await (first, second)
    await other.close()
    guard accepted.0 || accepted.1 else { throw Wrong(description: "it took neither") }
    var status = try await client.status()
    while status.pending { status = try await client.status() }
    let id = status.modules.first?.id
    guard let last = [one, two].first(where: { $0.id == id }) else {
      throw Wrong(description: "it runs \(id ?? "nothing")")
    }
    try await expectReloads(to: last, by: [one, two], on: device)
    stored = last.number
  }

  /// Whether the device took an upload, which another one may keep it from.
  private func accepted(_ variant: SoakVariant, _ client: DeviceClient) async throws -> Bool {
    do {
      try await send(variant, .flash, client)
      return true
    } catch ClientError.refused(let refusal) where refusal.error == "busy" {
      return false
    }
  }

  /// Sends half of a body, then goes.
  private func sendHalf(
    of variant: SoakVariant, to device: VirtualDevice, _ client: DeviceClient
  ) async throws {
    await client.close()
    let upload = try await SignedUpload(
      variant.image, target: UploadOptions(stage: anyStage()).target, key: project, to: device)
    let port = try #require(device.url.split(separator: ":").last)
    var head = "POST \(upload.target) HTTP/1.1\\r\\nContent-Length: \(variant.image.count)\\r\\n"
    for header in upload.headers { head += "\(header.key): \(header.value)\\r\\n" }
    try await ChildProcess.succeed([
      "bash", "-euc",
      """
      exec 3<>/dev/tcp/127.0.0.1/\(port)
      printf '\(head)\\r\\n' >&3
      head -c \(variant.image.count / 2) '\(try upload.bodyFile())' >&3
      exec 3>&-
      """,
    ])
  }

  /// Sends a body that is not the one that was signed.
  private func sendOtherBytes(to device: VirtualDevice, _ client: DeviceClient) async throws {
    await client.close()
    let image = another().image
    var body = image
    body[Int.random(in: body.indices, using: &random)] ^= 1
    let upload = try await SignedUpload(
      body, signedFor: image, target: UploadOptions(stage: anyStage()).target, key: project,
      to: device)
    let reply = try await upload.send(to: device)
    guard reply.status == 403 else { throw Wrong(description: "\(reply)") }
  }
}
