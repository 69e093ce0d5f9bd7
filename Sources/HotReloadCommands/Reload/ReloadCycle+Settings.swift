import HotReloadBuild
import HotReloadClient
import SystemPackage

extension ReloadCycle {
  /// A cycle for the project's device.
  init(
    _ settings: Settings, timeout: Duration, isVerbose: Bool, in context: Context
  ) throws(CommandFailure) {
    let plan = try settings.plan()
    let url = try settings.url(plan.value)
    let keyFile = settings.keyFile(plan.value)
    if isVerbose {
      if let path = settings.planPath() {
        Settings.note("plan", path, path.value.string, in: context)
      }
      Settings.note("device", url, url.value.description, in: context)
      Settings.note("key", keyFile, keyFile.value.string, in: context)
    }
    let bytes = try CommandFailure.building { () throws(BuildFailure) in
      try KeyFile.read(keyFile.value)
    }
    guard let key = UploadKey(bytes: bytes) else {
      throw CommandFailure(
        .failure, "\(keyFile.value) holds no key of \(UploadKey.byteCount) bytes")
    }
    self.init(
      plan: plan.value, device: DeviceClient(url: url.value), key: key, timeout: timeout)
  }
}
