import HotReloadPort
import HotReloadServer

extension LogPort {
  /// Logs an error as one line.
  mutating func log(_ error: RuntimeError) {
    var line = TextWindow()
    line.appendDetail(of: error.refusal)
    log(.error, line.bytes)
  }
}
