import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// CMake's `compile_commands.json` (Clang's "JSON Compilation Database").
struct CompileCommands {
  /// In the order of the file.
  let commands: [CompileCommand]

  private struct Entry: Decodable {
    var directory: String
    var file: String
    var output: String?
    var command: String?
    var arguments: [String]?
  }

  /// - Throws: `badCompileCommands` naming the file and what is wrong with it.
  init(contentsOf path: FilePath) throws(BuildFailure) {
    let bytes: [UInt8]
    do throws(BuildFailure) { bytes = try FileContents.read(path) } catch {
      throw Self.failure(error.message)
    }
    let entries: [Entry]
    do { entries = try JSONDecoder().decode([Entry].self, from: Data(bytes)) } catch {
      throw Self.failure("\(path): \(DecodingProblem(error))")
    }
    var commands: [CompileCommand] = []
    for entry in entries {
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
      commands.append(command)
    }
    self.commands = commands
  }

  /// The commands of one module, in the order of its sources, Swift last.
  ///
  /// - Throws: `badCompileCommands` if a source has no command; `fileSystem`.
  func commands(of module: BuildPlan.Module) throws(BuildFailure) -> [CompileCommand] {
    let folders = module.objectFolders.map { FilePath($0).lexicallyNormalized() }
    var own = commands.filter { command in folders.contains { command.object.starts(with: $0) } }
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

  private static func failure(_ message: String) -> BuildFailure {
    BuildFailure(.other, .badCompileCommands, message, hint: "run CMake again")
  }
}
