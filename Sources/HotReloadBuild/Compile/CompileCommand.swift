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

  /// What swiftc makes of the sources.
  enum Product: Equatable, Sendable {
    /// Machine code.
    case object
    /// What other modules import, with the code that they may inline.
    case swiftModule
  }

  /// Whose options the compiler has.
  var language: Language
  /// What is made; `.object` unless the language is Swift.
  var product = Product.object
  /// What makes machine code of swiftc's; nil where swiftc does itself.
  var backEnd: XtensaBackEnd?
  /// Where the compiler runs.
  var directory: FilePath
  /// The source files: one, but all of a module where they are in Swift.
  var sources: [FilePath]
  /// The object file, or the Swift module.
  var object: FilePath
  /// Compiler, options and sources, without `-o` and without dependency options.
  var arguments: [String]

  /// What is run: writes the object to `object` and a Make rule with every file read to `dependencies(of: object)`.
  func invocation(object: FilePath) -> [String] {
    // Headers of other CMake targets may come in as system headers: these are reported, too.
    switch language {
    case .c:
      arguments + [
        "-MD", "-MF", dependencies(of: object).string, "-MT", "object", "-o", object.string,
      ]
    case .swift:
      // Without a precompiled bridging header there is one frontend, and the list is complete.
      arguments + [
        "-disable-bridging-pch", "-emit-dependencies", "-Xfrontend", "-track-system-dependencies",
        output, "-o", object.string,
      ]
    }
  }

  /// What swiftc is to write.
  private var output: String {
    switch product {
    case .object: backEnd == nil ? "-c" : "-emit-ir"
    case .swiftModule: "-emit-module"
    }
  }

  /// Where the Make rule goes when the object goes to `object`.
  func dependencies(of object: FilePath) -> FilePath {
    switch language {
    case .c: FilePath("\(object).d")
    // swiftc decides: beside the object, with the name of the module.
    case .swift: object.removingLastComponent().appending("\(swiftModuleName).d")
    }
  }

  /// The last `-module-name`; swiftc's own choice without one.
  var swiftModuleName: String {
    guard let option = arguments.lastIndex(of: "-module-name"), option + 1 < arguments.count else {
      return "main"
    }
    return arguments[option + 1]
  }

  /// The sources as messages name them.
  var sourceList: String { sources.map { $0.string }.joined(separator: ", ") }

  /// The compilation of a module's Swift sources.
  ///
  /// - Throws: `fileSystem` if the file of options cannot be read.
  init(_ swift: BuildPlan.SwiftSources) throws(BuildFailure) {
    let options = String(decoding: try FileContents.read(FilePath(swift.options)), as: UTF8.self)
    let backEnd = swift.core.flatMap { XtensaCore(rawValue: $0) }
      .map { XtensaBackEnd(core: $0, llvm: swift.llvm.map { FilePath($0) }) }
    self.init(
      swift: [swift.compiler] + (backEnd == nil ? [] : XtensaBackEnd.compilerOptions)
        + options.split(separator: "\n").map(String.init),
      sources: swift.sources.map { FilePath($0) }, object: FilePath(swift.object), .object,
      backEnd: backEnd)
  }

  /// A compilation by swiftc.
  ///
  /// - Parameters:
  ///   - arguments: compiler and options, without sources and output.
  ///   - backEnd: what makes machine code of swiftc's; nil where swiftc does itself.
  init(
    swift arguments: [String], sources: [FilePath], object: FilePath, _ product: Product,
    backEnd: XtensaBackEnd? = nil
  ) {
    language = .swift
    self.product = product
    self.backEnd = backEnd
    self.sources = sources.map { $0.lexicallyNormalized() }
    self.object = object.lexicallyNormalized()
    directory = self.object.removingLastComponent()
    self.arguments = arguments + self.sources.map { $0.string }
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
