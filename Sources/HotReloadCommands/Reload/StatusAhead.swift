import HotReloadClient

/// What the device says before an upload, asked for while something else is done.
struct StatusAhead: Sendable {
  private let device: any ReloadDevice
  private let task: Task<Result<DeviceStatus, CommandFailure>, Never>

  /// Asks.
  init(_ device: any ReloadDevice) {
    self.device = device
    task = Task { await Self.ask(device) }
  }

  /// The answer, or a newer one if that is old: whether the device starts again from now on has to be told from whether it has
  /// started again since.
  func value(after work: Duration) async throws(CommandFailure) -> DeviceStatus {
    let answer = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    guard work > .seconds(1) else { return try answer.get() }
    return try await Self.ask(device).get()
  }

  /// Nobody needs the answer.
  func cancel() { task.cancel() }

  private static func ask(
    _ device: any ReloadDevice
  ) async -> Result<DeviceStatus, CommandFailure> {
    do throws(ClientError) { return .success(try await device.prepareUpload()) } catch {
      return .failure(CommandFailure(error))
    }
  }
}
