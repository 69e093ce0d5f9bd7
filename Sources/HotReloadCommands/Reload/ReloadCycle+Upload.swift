import HotReloadBuild
import HotReloadClient

extension ReloadCycle {
  /// What is sent of a module: its image, or what the device makes it of.
  private struct Body {
    var bytes: [UInt8]
    var isEncoded = false
  }

  /// Uploads one module. Flash takes it where it was to wait in RAM and there is no room, unless it should never
  /// be there.
  ///
  /// - Returns: how many bytes were sent, and where the module is.
  func upload(
    _ module: ModuleToSend, _ before: DeviceStatus
  ) async throws(ClientError) -> (bytes: Int, stage: UploadOptions.Stage) {
    let bodies = bodies(of: module, before)
    do throws(ClientError) {
      return (try await upload(module, bodies, to: stage, before.authentication), stage)
    } catch .refused(let refusal) where stage == .ram && refusal.status == 507 {
      onEvent(.noRoom(module: module.name, reason: refusal.detail))
      return (try await upload(module, bodies, to: .flash, before.authentication), .flash)
    }
  }

  /// The smallest first; after each one what is left if the device cannot make use of it.
  private func bodies(of module: ModuleToSend, _ before: DeviceStatus) -> [Body] {
    var bodies = [Body(bytes: module.image)]
    guard before.encodings?.contains(DeviceStatus.deltaEncoding) == true else { return bodies }
    let base = base(of: module, before)
    for base in base == nil ? [nil] : [nil, base] {
      let bytes = DeltaEncoder.encode(module.image, base: base)
      guard bytes.count < bodies[0].bytes.count else { continue }
      bodies.insert(Body(bytes: bytes, isEncoded: true), at: 0)
    }
    return bodies
  }

  /// What the device runs, if it is still known here.
  private func base(of module: ModuleToSend, _ before: DeviceStatus) -> [UInt8]? {
    guard let running = before.module(in: module.partition), running.loaded,
      let sequence = running.sequence, sequence > 0
    else { return nil }
    return ImageHistory(plan.output.module(module.name)).image(sequence: sequence)
  }

  private func upload(
    _ module: ModuleToSend, _ bodies: [Body], to stage: UploadOptions.Stage,
    _ authentication: DeviceStatus.Authentication
  ) async throws(ClientError) -> Int {
    for body in bodies.dropLast() {
      do throws(ClientError) {
        return try await upload(module, body, to: stage, authentication)
      } catch .refused(let refusal) where Self.isAboutEncoding(refusal, stage) {}
    }
    return try await upload(module, bodies[bodies.count - 1], to: stage, authentication)
  }

  /// Whether the device may take a module that it refused in this encoding. For flash it needs RAM to decode it, which it
  /// needs anyway where the module is to wait there.
  private static func isAboutEncoding(_ refusal: Refusal, _ stage: UploadOptions.Stage) -> Bool {
    ["no_base", "bad_encoding"].contains(refusal.error) || refusal.status == 507 && stage == .flash
  }

  private func upload(
    _ module: ModuleToSend, _ body: Body, to stage: UploadOptions.Stage,
    _ authentication: DeviceStatus.Authentication
  ) async throws(ClientError) -> Int {
    _ = try await device.upload(
      image: body.bytes, key: key,
      options: UploadOptions(
        partition: module.partition, stage: stage, isEncoded: body.isEncoded),
      authentication: authentication
    ) { [onEvent] in
      onEvent(.uploading(module: module.name, sent: $0, total: $1, size: module.image.count))
    }
    return body.bytes.count
  }
}
