import HotReloadClient

/// What a reload asks of a device; tests put another one in its place.
protocol ReloadDevice: Sendable {
  var url: DeviceURL { get }
  func prepareUpload() async throws(ClientError) -> DeviceStatus
  func upload(
    image: [UInt8], key: UploadKey, options: UploadOptions,
    authentication: DeviceStatus.Authentication?,
    progress: (@Sendable (_ sent: Int, _ total: Int) -> Void)?
  ) async throws(ClientError) -> String
  func waitForModule(
    id: String, partition: String, before: DeviceStatus, timeout: Duration
  ) async throws(ClientError) -> ReloadOutcome
  func waitForVerdict(
    id: String, partition: String, timeout: Duration
  ) async throws(ClientError) -> TrialOutcome
  func close() async
}

extension DeviceClient: ReloadDevice {}
