import SystemPackage

extension BoardDescriptor {
  /// The board of a name or in a folder.
  ///
  /// - Parameter folders: where boards are looked for by name.
  static func find(
    _ name: String, in folders: [FilePath], context: Context
  ) throws(CommandFailure) -> BoardDescriptor {
    let isPath = name.contains("/") || name == "." || name == ".."
    let candidates =
      isPath
      ? [context.resolve(name)] : folders.map { $0.appending(name) } + [context.resolve(name)]
    for folder in candidates {
      let path = folder.appending(fileName)
      if let bytes = try InputFile.readIfPresent(path) {
        return try BoardDescriptor(String(decoding: bytes, as: UTF8.self), path: path)
      }
    }
    throw CommandFailure(
      .usage,
      "there is no board '\(name)': no \(fileName) in \(candidates.first?.string ?? name)"
        + (candidates.count > 1 ? " or \(candidates.count - 1) other places" : ""),
      hint: "name its folder, or the folder of all boards: HOTRELOAD_BOARDS=…/Boards")
  }
}
