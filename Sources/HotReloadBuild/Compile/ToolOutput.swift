import SystemPackage

/// A file that a compiler or linker makes. It appears whole or not at all, and is made again only if what it was
/// made from has changed (`InputRecord`).
struct ToolOutput {
  let path: FilePath
  /// What makes it another file, apart from the files that are read.
  let identity: [String]

  /// Whether it is there and still what would be made.
  var isFresh: Bool { InputRecord(of: path)?.isFresh(command: identity) ?? false }

  /// What one run of a tool came to.
  struct Run<Value> {
    /// For the caller.
    var value: Value
    /// Every file that was read; nil if the tool failed, and the output stays as it was.
    var inputs: [FilePath]?
  }

  /// Has `body` write the file under another name, and gives it its own.
  ///
  /// - Parameter temporary: the other name; default: one beside `path`.
  /// - Throws: `fileSystem`; what `body` throws.
  func make<Value>(
    at temporary: FilePath? = nil,
    _ body: (_ temporary: FilePath) async throws(BuildFailure) -> Run<Value>
  ) async throws(BuildFailure) -> Value {
    let temporary = temporary ?? FileContents.temporaryPath(for: path)
    defer { FileContents.remove(temporary) }
    // Its time of change is the start of the tool on the clock of the file system.
    try FileContents.write([], to: temporary)
    let start = FileStatus(temporary)?.modified ?? 0
    let run = try await body(temporary)
    guard let inputs = run.inputs else { return run.value }
    // A file that is the same as before (after the edit of a comment) keeps its time: nothing that is made from it
    // is made again.
    if try FileContents.readIfPresent(path) != FileContents.read(temporary) {
      try FileContents.move(temporary, to: path)
    }
    try InputRecord(command: identity, output: path, inputs: inputs, start: start).save()
    return run.value
  }
}
