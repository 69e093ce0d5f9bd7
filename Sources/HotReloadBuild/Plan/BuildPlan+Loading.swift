import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BuildPlan {
  /// Reads and checks a plan.
  ///
  /// - Throws: `badPlan` naming file, field and what is wrong with it; `fileSystem`.
  public init(contentsOf path: FilePath) throws(BuildFailure) {
    let bytes: [UInt8]
    do throws(BuildFailure) { bytes = try FileContents.read(path) } catch {
      throw BuildFailure(
        .other, .badPlan, error.message,
        hint: "configure the firmware with CMake first: hotreload_add_module() writes the plan")
    }
    // The layout of another version is another one: its fields are not worth a message.
    let version: Int
    do { version = try JSONDecoder().decode(Version.self, from: Data(bytes)).version } catch {
      throw Self.failure(path, DecodingProblem(error).description)
    }
    guard version == Self.currentVersion else { throw Self.foreign(version, path) }
    do { self = try JSONDecoder().decode(BuildPlan.self, from: Data(bytes)) } catch {
      throw Self.failure(path, DecodingProblem(error).description)
    }
    try validate(path)
  }

  /// The plan as JSON.
  public func encoded() throws(BuildFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do { return try Array(encoder.encode(self)) } catch {
      throw BuildFailure(.other, .badPlan, "the build plan cannot be written: \(error)")
    }
  }

  private static func failure(_ path: FilePath, _ problem: String) -> BuildFailure {
    BuildFailure(
      .other, .badPlan, "\(path): \(problem)",
      hint: "run CMake again; the plan is written by hotreload_add_module()")
  }

  /// What every version of the plan has.
  private struct Version: Decodable { var version: Int }

  private static func foreign(_ version: Int, _ path: FilePath) -> BuildFailure {
    let isNewer = version > currentVersion
    return BuildFailure(
      .other, .badPlan,
      "\(path): field 'version' is \(version): written by \(isNewer ? "a newer" : "an older") "
        + "hotreload, this one reads \(currentVersion)",
      hint:
        "use the hotreload that belongs to the project's component, or run CMake again with this one"
    )
  }

  private func validate(_ path: FilePath) throws(BuildFailure) {
    func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws(BuildFailure) {
      guard condition else { throw Self.failure(path, problem()) }
    }
    for (field, value) in [
      ("linker.path", linker.path), ("firmware.path", firmware.path),
      ("compileCommands", compileCommands), ("keyFile", keyFile), ("buildFolder", buildFolder),
    ] + (runtime.map { [("runtime", $0)] } ?? []) {
      try require(FilePath(value).isAbsolute, "field '\(field)' is no absolute path: '\(value)'")
    }
    try require(!modules.isEmpty, "field 'modules' is empty")
    try require(
      modules.count <= Self.maximumModuleCount,
      "field 'modules' has \(modules.count) modules, a firmware at most \(Self.maximumModuleCount)")
    var names: Set<String> = []
    var labels: Set<String> = []
    for (index, module) in modules.enumerated() {
      let field = "modules[\(index)]"
      try require(
        Self.isFolderName(module.name), "field '\(field).name' is no plain name: '\(module.name)'")
      try require(
        names.insert(module.name).inserted, "field '\(field).name' repeats '\(module.name)'")
      let swift = module.swift ?? []
      try require(
        !module.sources.isEmpty || !swift.isEmpty, "field '\(field).sources' is empty")
      for (index, part) in swift.enumerated() {
        let field = "\(field).swift[\(index)]"
        if let core = part.core {
          try require(
            XtensaCore(rawValue: core) != nil, "field '\(field).core' is unknown: '\(core)'")
        }
        try require(!part.sources.isEmpty, "field '\(field).sources' is empty")
        for (name, value) in [("options", part.options), ("object", part.object)] {
          try require(
            FilePath(value).isAbsolute, "field '\(field).\(name)' is no absolute path: '\(value)'")
        }
      }
      try require(!module.objectFolders.isEmpty, "field '\(field).objectFolders' is empty")
      let partition = module.partition
      try require(
        (1...16).contains(partition.label.utf8.count) && !partition.label.utf8.contains(0),
        "field '\(field).partition.label' has not 1 to 16 bytes: '\(partition.label)'")
      try require(
        labels.insert(partition.label).inserted,
        "field '\(field).partition.label' repeats '\(partition.label)': "
          + "one partition holds one module")
      let eraseSize = partition.eraseSize
      try require(
        eraseSize >= 1024 && eraseSize & (eraseSize - 1) == 0,
        "field '\(field).partition.eraseSize' is no power of two from 1024 on: \(eraseSize)")
      try require(
        partition.size / eraseSize >= 2 && partition.size % eraseSize == 0,
        "field '\(field).partition.size' is not two or more erase units of \(eraseSize) bytes: "
          + "\(partition.size)")
    }
  }

  private static func isFolderName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: ".") else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}

/// What is wrong with a JSON document, in one line that names the field.
struct DecodingProblem: CustomStringConvertible {
  let description: String

  init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      description = "not JSON: \(error)"
      return
    }
    switch error {
    case .keyNotFound(let key, let context):
      description = "field '\(Self.field(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      description =
        "field '\(Self.field(context.codingPath))' has the wrong type: \(context.debugDescription)"
    case .dataCorrupted(let context):
      description =
        context.codingPath.isEmpty
        ? "not JSON" : "field '\(Self.field(context.codingPath))': \(context.debugDescription)"
    @unknown default:
      description = "\(error)"
    }
  }

  private static func field(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
  }
}
