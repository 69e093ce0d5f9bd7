import SystemPackage

/// How sources become one object: an entry of `compile_commands.json`, or the Swift sources of a module.
/// Dependency options and the output are not part of it: they are ours.
struct CompileCommand: Equatable, Sendable {
  /// Whose options the compiler has.
  enum Language: Equatable, Sendable {
    /// C, C++ and assembly: GCC's options.
    case c
    /// swiftc's options.
    case swift
  }

  /// Whose options the compiler has.
  var language: Language
  /// Where the compiler runs.
  var directory: FilePath
  /// The source files: one, but all of a module where they are in Swift.
  var sources: [FilePath]
  /// The object file.
  var object: FilePath
  /// Compiler, options and sources, without `-o` and without dependency options.
  var arguments: [String]

  /// What is run: writes the object to `object` and a Make rule with every file read to `dependencies`.
  func invocation(object: FilePath, dependencies: FilePath) -> [String] {
    // Headers of other CMake targets may come in as system headers: these are reported, too.
    switch language {
    case .c:
      arguments + ["-MD", "-MF", dependencies.string, "-MT", "object", "-o", object.string]
    case .swift:
      // The driver has no option for the name of the list. Without a precompiled bridging header there is one
      // frontend, and the list is complete.
      arguments + [
        "-disable-bridging-pch", "-Xfrontend", "-track-system-dependencies",
        "-Xfrontend", "-emit-dependencies-path", "-Xfrontend", dependencies.string,
        "-c", "-o", object.string,
      ]
    }
  }

  /// The sources as messages name them.
  var sourceList: String { sources.map { $0.string }.joined(separator: ", ") }

  /// The compilation of a module's Swift sources.
  ///
  /// - Throws: `fileSystem` if the file of options cannot be read.
  init(_ swift: BuildPlan.SwiftSources) throws(BuildFailure) {
    language = .swift
    sources = swift.sources.map { FilePath($0).lexicallyNormalized() }
    object = FilePath(swift.object).lexicallyNormalized()
    directory = object.removingLastComponent()
    let options = String(decoding: try FileContents.read(FilePath(swift.options)), as: UTF8.self)
    arguments =
      [swift.compiler] + options.split(separator: "\n").map(String.init) + sources.map { $0.string }
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
    language = .c
    self.directory = directory
    sources = [directory.pushing(source).lexicallyNormalized()]
    self.object = directory.pushing(object).lexicallyNormalized()
    self.arguments = arguments
  }
}
