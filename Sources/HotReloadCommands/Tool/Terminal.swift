/// Where a command writes. Results go to standard output, everything else to standard error.
public struct Terminal: Sendable {
  /// Writes bytes to standard output.
  public var writeOutput: @Sendable ([UInt8]) -> Void
  /// Writes bytes to standard error.
  public var writeError: @Sendable ([UInt8]) -> Void
  /// Whether the reader of standard output went away.
  public var isOutputClosed: @Sendable () -> Bool = { false }
  /// Columns of the terminal that standard output goes to; nil where it goes elsewhere.
  public var width: Int?
  /// Whether standard error may be overwritten and coloured: a terminal, without `NO_COLOR` and `CI`.
  public var isInteractive: Bool
  /// Goes before every line of ours: marks them beside another program's.
  var prefix = ""

  /// A terminal that writes through these functions.
  public init(
    isInteractive: Bool, writeOutput: @escaping @Sendable ([UInt8]) -> Void,
    writeError: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.isInteractive = isInteractive
    self.writeOutput = writeOutput
    self.writeError = writeError
  }

  /// One line of a result.
  func result(_ line: String) { writeOutput(Array("\(prefix)\(line)\n".utf8)) }

  /// One line for people.
  func note(_ line: String) { writeError(Array("\(clear)\(prefix)\(line)\n".utf8)) }

  /// Another program's text, such as a compiler's.
  func verbatim(_ text: String) {
    guard !text.isEmpty else { return }
    writeError(Array((clear + text + (text.hasSuffix("\n") ? "" : "\n")).utf8))
  }

  /// What is being done, replaced by whatever comes next; not shown where lines cannot be replaced.
  func progress(_ text: String) {
    if isInteractive { writeError(Array("\(clear)\(prefix)\(text)".utf8)) }
  }

  /// Ends a progress line.
  func endProgress() {
    if isInteractive { writeError(Array(clear.utf8)) }
  }

  /// What, where, and what to do about it.
  func failure(_ failure: CommandFailure) {
    verbatim(failure.output ?? "")
    note("\(styled("error:", .red)) \(failure.message)")
    if let hint = failure.hint { note("\(styled("hint:", .bold)) \(hint)") }
  }

  /// ECMA-48 "Select Graphic Rendition" parameters.
  enum Style: Int {
    case bold = 1
    case red = 31
  }

  func styled(_ text: String, _ style: Style) -> String {
    isInteractive ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// To the first column, erasing the line (ECMA-48 "Erase in Line").
  private var clear: String { isInteractive ? "\r\u{1B}[K" : "" }
}
