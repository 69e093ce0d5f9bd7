import HotReloadPort
import HotReloadServer

extension LogPort {
  /// Logs the sentence of a refusal as one line; `text` is what `%s` stands for in its sentence.
  mutating func log(_ level: LogLevel, _ refusal: borrowing Refusal, text: Span<UInt8>) {
    var line = TextWindow()
    line.appendDetail(of: refusal, text: text)
    log(level, line.bytes)
  }
}
