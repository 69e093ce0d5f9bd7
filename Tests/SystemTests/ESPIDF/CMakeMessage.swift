extension ChildProcess.Result {
  /// What CMake said, in one line: it breaks and indents the text of a message as it likes.
  var message: String {
    (output + errors).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }
}
