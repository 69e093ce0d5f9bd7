/// Looks for a text in a stream of bytes, wherever the pieces begin.
struct ConsoleScanner {
  private let text: [UInt8]
  /// What of the stream may still be the beginning of the text.
  private var tail: [UInt8] = []
  /// Whether the text was seen.
  private(set) var isDone: Bool

  /// No text is seen at once.
  init(for text: String?) {
    self.text = Array((text ?? "").utf8)
    isDone = self.text.isEmpty
  }

  /// Whether the text is complete with these bytes, for the first time.
  mutating func see(_ bytes: [UInt8]) -> Bool {
    guard !isDone else { return false }
    tail += bytes
    isDone = tail.firstRange(of: text) != nil
    tail = isDone ? [] : tail.suffix(text.count - 1)
    return isDone
  }
}
