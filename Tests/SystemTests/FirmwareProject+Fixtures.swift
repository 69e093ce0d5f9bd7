import SystemPackage

extension FirmwareProject {
  /// The text of a file in Tests/Fixtures.
  static func fixture(_ name: String) throws -> String {
    let path = Repository.root.pushing("Tests/Fixtures").pushing(FilePath(name))
    return String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// Writes files of one folder of Tests/Fixtures into the copy.
  ///
  /// - Parameters:
  ///   - folder: its name.
  ///   - files: what becomes of each: the name in the folder, and the path in the project.
  func write(fixturesOf folder: String, as files: KeyValuePairs<String, String>) throws {
    for (fixture, path) in files {
      try write(Self.fixture("\(folder)/\(fixture)"), to: path)
    }
  }
}
