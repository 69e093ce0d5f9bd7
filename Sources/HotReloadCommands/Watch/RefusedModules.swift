import Synchronization

/// The modules that the device refused while it was watched: it would refuse them again.
final class RefusedModules: Sendable {
  private let known = Mutex<Set<String>>([])

  /// Their build-IDs.
  var ids: Set<String> { known.withLock { $0 } }

  /// Takes in what a failed reload says.
  func add(_ modules: [ReloadReport.Module]) {
    let refused = modules.lazy.filter { $0.outcome == .refused || $0.outcome == .rolledBack }
      .map(\.id)
    known.withLock { $0.formUnion(refused) }
  }
}
