import SystemPackage
import TOMLKit

/// `hotreload.toml`: what a project always wants. Paths in it are relative to its folder.
struct SettingsFile: Equatable, Sendable {
  static let name = "hotreload.toml"
  private static let keys: Set<String> = ["url", "plan", "key_file", "boards"]

  var path: FilePath
  var url: String?
  var plan: FilePath?
  var keyFile: FilePath?
  var boards: [FilePath] = []

  /// The nearest one, from the innermost folder upward.
  static func find(in folders: [FilePath]) throws(CommandFailure) -> SettingsFile? {
    for folder in folders {
      let path = folder.appending(name)
      if let bytes = try InputFile.readIfPresent(path) {
        return try SettingsFile(String(decoding: bytes, as: UTF8.self), path: path)
      }
    }
    return nil
  }

  init(_ text: String, path: FilePath) throws(CommandFailure) {
    self.path = path
    let table = try TOMLText.table(text, path)
    for key in table.keys.sorted() where !Self.keys.contains(key) {
      throw CommandFailure(
        .usage, "\(path): '\(key)' is no setting",
        hint: "there are \(Self.keys.sorted().joined(separator: ", "))")
    }
    let folder = path.removingLastComponent()
    func resolve(_ text: String) -> FilePath {
      folder.pushing(FilePath(text)).lexicallyNormalized()
    }
    url = try TOMLText.string(table, "url", path)
    plan = try TOMLText.string(table, "plan", path).map(resolve)
    keyFile = try TOMLText.string(table, "key_file", path).map(resolve)
    boards = try TOMLText.strings(table, "boards", path)?.map(resolve) ?? []
  }
}
