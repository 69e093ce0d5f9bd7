import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A Swift module of the runtime: a folder below components/hotreload/Sources.
struct RuntimeModule: Equatable, Sendable {
  let name: String
  /// The modules that it imports, as Package.swift has them.
  let imports: [String]

  /// All of them. The last one defines what C calls: its object holds the code of all.
  static let all = [
    RuntimeModule("HotReloadPort"),
    RuntimeModule("HotReloadELF"),
    RuntimeModule("HotReloadSoftwareCrypto", imports: ["HotReloadPort"]),
    RuntimeModule("HotReloadLoader", imports: ["HotReloadELF", "HotReloadPort"]),
    RuntimeModule("HotReloadStore", imports: ["HotReloadPort"]),
    RuntimeModule("HotReloadServer", imports: ["HotReloadPort"]),
    RuntimeModule("HotReloadDelta", imports: ["HotReloadPort"]),
    RuntimeModule(
      "HotReloadRuntime",
      imports: ["HotReloadDelta", "HotReloadLoader", "HotReloadStore", "HotReloadServer"]),
    RuntimeModule("HotReloadExports", imports: ["HotReloadRuntime", "HotReloadSoftwareCrypto"]),
  ]

  private init(_ name: String, imports: [String] = []) {
    self.name = name
    self.imports = imports
  }

  /// All modules in groups: those of a group import modules of earlier groups only.
  static var stages: [[RuntimeModule]] {
    var stages: [[RuntimeModule]] = []
    var done: Set<String> = []
    var rest = all
    while !rest.isEmpty {
      let stage = rest.filter { done.isSuperset(of: $0.imports) }
      precondition(!stage.isEmpty, "modules of the runtime import each other")
      stages.append(stage)
      done.formUnion(stage.map { $0.name })
      rest.removeAll { done.contains($0.name) }
    }
    return stages
  }

  /// Its sources, sorted: the order of the sources is part of what comes out.
  ///
  /// - Parameter folder: components/hotreload/Sources.
  /// - Throws: `runtimeMissing`.
  func sources(in folder: FilePath) throws(BuildFailure) -> [FilePath] {
    let own = folder.appending(name)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: own.string)) ?? []
    let sources = names.filter { $0.hasSuffix(".swift") }.sortedByBytes()
    guard !sources.isEmpty else {
      throw BuildFailure(
        .other, .runtimeMissing, "there are no Swift sources in \(own)",
        hint: "--component names the folder components/hotreload of a checkout")
    }
    return sources.map { own.pushing(FilePath($0)) }
  }
}
