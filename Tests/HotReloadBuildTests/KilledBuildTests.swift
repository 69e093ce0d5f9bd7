import SystemPackage
import Testing

@testable import HotReloadBuild

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A build that was killed between any two of its writes: the next one makes what a clean one makes.
///
/// Every file appears in one step, so the states that a kill can leave are these: the first n files of a build are there,
/// beside a piece of the next under its temporary name. All of them are played back, in the order in which a real build
/// has written the files.
struct KilledBuildTests {
  /// What the build had to do.
  enum Kind: CaseIterable { case first, edited }

  /// A project's build folder at four moments: before, prepared, firmware linked, built.
  private struct History {
    var before, prepared, linked, built: FilePath
  }

  private let project: SampleProject
  private var folder: FilePath { FilePath(project.plan.buildFolder) }

  init() throws { project = try SampleProject() }

  private func copy(_ from: FilePath, to: FilePath) async throws {
    try await Toolchain.run(["cp", "-a", from.string, to.string])
  }

  private func replace(by state: FilePath) async throws {
    try FileManager.default.removeItem(atPath: folder.string)
    try await copy(state, to: folder)
  }

  private func record(_ kind: Kind) async throws -> History {
    let states = project.folder.path
    let history = History(
      before: states.appending("before"), prepared: states.appending("prepared"),
      linked: states.appending("linked"), built: states.appending("built"))
    _ = try KeyFile.readOrCreate(FilePath(project.plan.keyFile))
    if kind == .edited {
      try await project.buildAll()
      try project.edit(
        "reloadable",
        SampleProject.greeting.replacing("Hello", with: "Servus")
          + "void reloadable_more(void) { reloadable_init(); }\n")
    }
    try await copy(folder, to: history.before)
    _ = try await project.builder.prepare()
    try await copy(folder, to: history.prepared)
    try await project.linkFirmware()
    try await copy(folder, to: history.linked)
    _ = try await project.builder.build()
    try await copy(folder, to: history.built)
    return history
  }

  /// The files that differ, in the order in which they were written.
  private func written(from old: FilePath, to new: FilePath) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: new.string)
      .compactMap { name -> (String, FileStatus)? in
        let path = new.pushing(FilePath(name))
        guard try path.stat().type == .regular, let status = FileStatus(path),
          FileStatus(old.pushing(FilePath(name))) != status
        else { return nil }
        return (name, status)
      }
      .sorted { $0.1.modified < $1.1.modified }.map(\.0)
  }

  /// What has to be the same after whatever happened. Sequences and times differ.
  private func products() throws -> [String: [UInt8]] {
    let module = project.plan.output.module("reloadable")
    var products: [String: [UInt8]] = [:]
    for path in [
      project.plan.output.stubs, project.plan.output.table, project.plan.output.firmwareSource,
      project.plan.output.imports, module.linkerScript, module.versionScript, module.sharedObject,
      FilePath(project.plan.firmware.path), FilePath(project.plan.keyFile),
    ] { products[path.string] = try FileContents.read(path) }
    return products
  }

  @Test(arguments: Kind.allCases)
  func `the next build makes what a clean one makes`(kind: Kind) async throws {
    let history = try await record(kind)
    let clean = try products()
    let id = try await project.builder.build().modules[0].id
    for (start, end) in [(history.before, history.prepared), (history.linked, history.built)] {
      let names = try written(from: start, to: end)
      #expect(names.count >= 4, "\(names)")
      for count in 0..<names.count {
        try await replace(by: start)
        for name in names.prefix(count) {
          let file = FilePath(name)
          try FileContents.createFolder(folder.pushing(file).removingLastComponent())
          try await copy(end.pushing(file), to: folder.pushing(file))
        }
        let next = folder.pushing(FilePath(names[count]))
        let half = try FileContents.read(end.pushing(FilePath(names[count])))
        let temporary = FilePath("\(next).\(StaleTemporariesTests.gone).tmp")
        try FileContents.write(Array(half.prefix(half.count / 2)), to: temporary)

        // The firmware that was linked before stays: then the tool alone goes on.
        let report =
          start == history.linked ? try await project.builder.build() : try await project.buildAll()
        let killed = "killed before \(names[count])"
        #expect(report.modules[0].id == id, "\(killed)")
        #expect(try products() == clean, "\(killed)")
        #expect(FileStatus(temporary) == nil, "\(killed)")
        let again = try await project.builder.build()
        #expect(!again.modules[0].changed && again.steps.map(\.kind) == [.pack], "\(killed)")
      }
    }
  }
}
