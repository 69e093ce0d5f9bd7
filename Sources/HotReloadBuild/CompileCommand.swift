import SystemPackage

/// How one source becomes one object: an entry of `compile_commands.json`, without its dependency options
/// and its output, which are ours.
struct CompileCommand: Equatable, Sendable {
  /// Where the compiler runs.
  var directory: FilePath
  /// The source file.
  var source: FilePath
  /// The object file.
  var object: FilePath
  /// Compiler and options, without `-o` and without dependency options.
  var arguments: [String]

  /// What is run: writes the object to `object` and a Make rule with every file read to `dependencies`.
  func invocation(object: FilePath, dependencies: FilePath) -> [String] {
    // -MD, not -MMD: headers of other CMake targets may come in as system headers.
    arguments + ["-MD", "-MF", dependencies.string, "-MT", "object", "-o", object.string]
  }

  /// The entry with `words` as its command, nil if the command names no output.
  init?(directory: FilePath, source: FilePath, output: FilePath?, words: [String]) {
    var arguments: [String] = []
    var named: String?
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "-o": named = rest.popFirst()
      case "-MD", "-MMD", "-MP", "-MG": break
      case "-MF", "-MT", "-MQ": _ = rest.popFirst()
      default:
        if word.hasPrefix("-MF") || word.hasPrefix("-MT") || word.hasPrefix("-MQ") { break }
        arguments.append(word)
      }
    }
    guard let object = output ?? named.map({ FilePath($0) }), !arguments.isEmpty else { return nil }
    self.directory = directory
    self.source = directory.pushing(source).lexicallyNormalized()
    self.object = directory.pushing(object).lexicallyNormalized()
    self.arguments = arguments
  }
}
