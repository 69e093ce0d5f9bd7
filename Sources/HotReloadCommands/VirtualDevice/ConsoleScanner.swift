/// Looks for the end of the line that has a text in a stream of bytes, wherever the pieces begin.
struct ConsoleScanner {
  private let text: [UInt8]
  /// What of the stream may still be the beginning of the text.
  private var tail: [UInt8] = []
  private var isInLine = false
  /// Whether the line was seen.
  private(set) var isDone: Bool

  /// No text is seen at once.
  init(for text: String?) {
    self.text = Array((text ?? "").utf8)
    isDone = self.text.isEmpty
  }

  /// How many of these bytes belong to the line and what comes before it; nil unless it ends in them.
  mutating func see(_ bytes: [UInt8]) -> Int? {
    guard !isDone else { return nil }
    var start = 0
    if !isInLine {
      let known = tail.count
      tail += bytes
      guard let range = tail.firstRange(of: text) else {
        tail = tail.suffix(text.count - 1)
        return nil
      }
      isInLine = true
      start = range.upperBound - known
      tail = []
    }
    guard let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    isDone = true
    return newline + 1
  }
}
