import Crypto
import SystemPackage

/// What a built file was made from: the command, and the state of every file that was read. Lies beside
/// the built file as `<file>.inputs`, and says whether it is still what the command would make.
struct InputRecord: Equatable {
  /// One file and how it was when it was read; nil if it changed since, or was not there.
  struct Input: Equatable {
    var path: FilePath
    var status: FileStatus?
  }

  /// SHA-256 of the command, in hexadecimal.
  var commandHash: String
  /// The built file itself.
  var output: Input
  /// In the order of the command.
  var inputs: [Input]

  /// Looks at the files as they are now. A file that was changed after `start` (of the command, on the
  /// clock of the file system) was perhaps read before the change: it counts as changed.
  init(command: [String], output: FilePath, inputs: [FilePath], start: Int64) {
    commandHash = Self.hash(command)
    self.output = Input(path: output, status: FileStatus(output))
    self.inputs = inputs.map { path in
      let status = FileStatus(path)
      return Input(path: path, status: status.flatMap { $0.modified > start ? nil : $0 })
    }
  }

  /// Whether the output is there, the command is the same, and no file has changed.
  func isFresh(command: [String]) -> Bool {
    commandHash == Self.hash(command)
      && ([output] + inputs).allSatisfy { $0.status != nil && FileStatus($0.path) == $0.status }
  }

  private static func hash(_ command: [String]) -> String {
    var hasher = SHA256()
    for word in command { hasher.update(data: Array(word.utf8) + [0]) }
    return Hexadecimal.text(hasher.finalize())
  }
}

extension InputRecord {
  private static let firstLine = "hotreload inputs 1 "

  /// Where the record of `output` lies.
  static func path(for output: FilePath) -> FilePath { FilePath(output.string + ".inputs") }

  /// The record of `output`, nil if there is none that can be read: then the file is made again.
  init?(of output: FilePath) {
    guard let bytes = try? FileContents.read(Self.path(for: output)) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let first = lines.first, first.hasPrefix(Self.firstLine) else { return nil }
    commandHash = String(first.dropFirst(Self.firstLine.count))
    var inputs: [Input] = []
    for line in lines.dropFirst() {
      let fields = line.split(separator: " ", maxSplits: 2)
      guard fields.count == 3, let modified = Int64(fields[0]), let size = Int64(fields[1]) else {
        return nil
      }
      let status = modified < 0 ? nil : FileStatus(modified: modified, size: size)
      inputs.append(Input(path: FilePath(String(fields[2])), status: status))
    }
    guard !inputs.isEmpty else { return nil }
    self.output = inputs.removeFirst()
    self.inputs = inputs
  }

  /// Writes the record beside its output. The first line has the command's hash, each further line
  /// time of change in nanoseconds (−1 if unknown), size and path, the output's first.
  func save() throws(BuildFailure) {
    var text = Self.firstLine + commandHash + "\n"
    for input in [output] + inputs {
      text += "\(input.status?.modified ?? -1) \(input.status?.size ?? 0) \(input.path)\n"
    }
    try FileContents.write(Array(text.utf8), to: Self.path(for: output.path))
  }
}
