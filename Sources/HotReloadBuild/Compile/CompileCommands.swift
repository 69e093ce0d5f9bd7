import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// CMake's `compile_commands.json` (Clang's "JSON Compilation Database").
///
/// A project of ESP-IDF has about a thousand entries, of which a module needs a few: only those are taken apart.
struct CompileCommands {
  private let path: FilePath
  /// By the name of the source file without its folder, in the order of the file.
  private let entries: [Substring: [Entry]]

  private struct Entry: Decodable {
    var directory: String
    var file: String
    var output: String?
    var command: String?
    var arguments: [String]?
  }

  /// - Throws: `badCompileCommands` naming the file and what is wrong with it.
  init(contentsOf path: FilePath) throws(BuildFailure) {
    self.path = path
    let bytes: [UInt8]
    do throws(BuildFailure) { bytes = try FileContents.read(path) } catch {
      throw Self.failure(error.message)
    }
    do {
      let all = try JSONDecoder().decode([Entry].self, from: Data(bytes))
      entries = Dictionary(grouping: all) { Self.fileName($0.file) }
    } catch {
      throw Self.failure("\(path): \(DecodingProblem(error))")
    }
  }

  /// The commands of one module, in the order of its sources, Swift last.
  ///
  /// - Throws: `badCompileCommands` if a source has no command, or one that cannot be read; `fileSystem`.
  func commands(of module: BuildPlan.Module) throws(BuildFailure) -> [CompileCommand] {
    let folders = module.objectFolders.map { FilePath($0).lexicallyNormalized() }
    var own: [CompileCommand] = []
    for name in Set(module.sources.map(Self.fileName)) {
      for entry in entries[name] ?? [] {
        let command = try command(entry)
        if folders.contains(where: { command.object.starts(with: $0) }) { own.append(command) }
      }
    }
    var ordered: [CompileCommand] = []
    for source in module.sources {
      let path = FilePath(source).lexicallyNormalized()
      guard let index = own.firstIndex(where: { $0.sources == [path] }) else {
        throw Self.failure("no compile command for \(source) of module '\(module.name)'")
      }
      // Two targets of one partition may compile the same source, each in its own way.
      ordered.append(own.remove(at: index))
    }
    for sources in module.swift ?? [] { ordered.append(try CompileCommand(sources)) }
    return ordered
  }

  private func command(_ entry: Entry) throws(BuildFailure) -> CompileCommand {
    let words: [String]
    do throws(ShellWords.Problem) {
      words =
        if let arguments = entry.arguments { arguments } else {
          try ShellWords.split(entry.command ?? "")
        }
    } catch {
      throw Self.failure("\(path): the command of \(entry.file) cannot be read: \(error)")
    }
    guard
      let command = CompileCommand(
        directory: FilePath(entry.directory), source: FilePath(entry.file),
        output: entry.output.map { FilePath($0) }, words: words)
    else { throw Self.failure("\(path): the command of \(entry.file) names no output") }
    return command
  }

  /// What stands behind the last slash.
  private static func fileName(_ path: String) -> Substring {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] }
      ?? path[...]
  }

  private static func failure(_ message: String) -> BuildFailure {
    BuildFailure(.other, .badCompileCommands, message, hint: "run CMake again")
  }
}
