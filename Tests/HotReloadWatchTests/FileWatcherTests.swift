import HotReloadWatch
import SystemPackage
import Testing

@Suite struct FileWatcherTests {
  private let folder: TemporaryFolder
  private let watcher: FileWatcher

  init() throws {
    folder = try TemporaryFolder()
    watcher = try FileWatcher()
  }

  /// Waits for a change of `path`; fails after a minute without one.
  ///
  /// - Parameter isComplete: waits for a change that is, or is not, known to be over, on systems that tell; nil takes either.
  private func expectChange(
    of path: FilePath, isListed: Bool = true, isComplete: Bool? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) async {
    #if os(Linux)
      let isComplete = isComplete
    #else
      let isComplete: Bool? = nil
    #endif
    let watcher = watcher
    let changes = await withTaskGroup(of: [FileChange].self) { group in
      group.addTask {
        var seen: [FileChange] = []
        for await change in watcher.changes {
          seen.append(change)
          if change.path == path, change.isComplete == isComplete ?? change.isComplete { break }
        }
        return seen
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(60))
        return []
      }
      let first = await group.next() ?? []
      group.cancelAll()
      return first
    }
    #expect(
      changes.last?.path == path && changes.last?.isListed == isListed, "seen: \(changes)",
      sourceLocation: location)
  }

  @Test func aWriteIsAChange() async throws {
    let source = folder.file("a.c")
    try TemporaryFolder.write("1", to: source)
    try watcher.watch([source])
    try TemporaryFolder.append("2", to: source)
    await expectChange(of: source, isComplete: true)
  }

  @Test func renameOverSaveIsAChangeEachTime() async throws {
    let source = folder.file("a.c")
    try TemporaryFolder.write("0", to: source)
    try watcher.watch([source])
    for round in 1...3 {
      try TemporaryFolder.write("\(round)", to: folder.file("a.c.tmp"))
      try TemporaryFolder.rename(folder.file("a.c.tmp"), to: source)
      await expectChange(of: source, isComplete: true)
    }
  }

  @Test func aDeletedFileIsAChangeAndSoIsItsReturn() async throws {
    let source = folder.file("a.c")
    try TemporaryFolder.write("1", to: source)
    try watcher.watch([source])
    try TemporaryFolder.delete(source)
    await expectChange(of: source, isComplete: false)
    try TemporaryFolder.write("2", to: source)
    await expectChange(of: source)
  }

  @Test func aFileThatIsNotThereYetIsWatched() async throws {
    let source = folder.file("new.h")
    try watcher.watch([source])
    try TemporaryFolder.write("1", to: source)
    await expectChange(of: source)
  }

  @Test func aFolderThatIsNotThereYetIsWatched() async throws {
    let deep = folder.file("one").appending("two")
    let source = deep.appending("a.c")
    try watcher.watch([source])
    try TemporaryFolder.makeFolder(folder.file("one"))
    try TemporaryFolder.makeFolder(deep)
    try TemporaryFolder.write("1", to: source)
    await expectChange(of: source)
    try TemporaryFolder.append("2", to: source)
    await expectChange(of: source)
  }

  @Test func aFolderThatIsMadeAgainIsFollowed() async throws {
    let sources = folder.file("src")
    let source = sources.appending("a.c")
    try TemporaryFolder.makeFolder(sources)
    try TemporaryFolder.write("1", to: source)
    try watcher.watch([source])
    TemporaryFolder.remove(sources)
    await expectChange(of: source)
    try TemporaryFolder.makeFolder(sources)
    try TemporaryFolder.write("2", to: source)
    await expectChange(of: source)
    try TemporaryFolder.append("3", to: source)
    await expectChange(of: source)
  }

  @Test func aFolderAboveThatIsSwappedIsFollowed() async throws {
    let old = folder.file("tree")
    let new = folder.file("tree.new")
    for tree in [old, new] {
      try TemporaryFolder.makeFolder(tree)
      try TemporaryFolder.makeFolder(tree.appending("src"))
      try TemporaryFolder.write("1", to: tree.appending("src").appending("a.c"))
    }
    let source = old.appending("src").appending("a.c")
    try watcher.watch([source])
    try TemporaryFolder.rename(old, to: folder.file("tree.old"))
    try TemporaryFolder.rename(new, to: old)
    await expectChange(of: source)
    // The new tree is watched when its change is told, or soon after: a listed file decides.
    try TemporaryFolder.append("2", to: source)
    await expectChange(of: source)
  }

  @Test func whatALinkLeadsToIsWatched() async throws {
    let real = folder.file("real")
    try TemporaryFolder.makeFolder(real)
    try TemporaryFolder.write("1", to: real.appending("a.c"))
    let link = folder.file("a.c")
    try TemporaryFolder.link(link, to: real.appending("a.c"))
    try watcher.watch([link])
    try TemporaryFolder.append("2", to: real.appending("a.c"))
    await expectChange(of: link)
  }

  #if os(Linux)
    @Test func aNeighbourIsReportedAsUnlistedAndEditorsFilesAreNot() async throws {
      let source = folder.file("a.c")
      try TemporaryFolder.write("1", to: source)
      try watcher.watch([source])
      for name in ["4913", ".a.c.swp", "a.c~", "missing.h"] {
        try TemporaryFolder.write("x", to: folder.file(name))
      }
      // expectChange wants the neighbour first: an editor's file before it would be its last.
      var iterator = watcher.changes.makeAsyncIterator()
      let first = await iterator.next()
      #expect(first?.path == folder.file("missing.h") && first?.isListed == false)
    }
  #endif

  @Test func anotherListReplacesTheFirst() async throws {
    let first = folder.file("first")
    let second = folder.file("second")
    for sources in [first, second] {
      try TemporaryFolder.makeFolder(sources)
      try TemporaryFolder.write("1", to: sources.appending("a.c"))
    }
    try watcher.watch([first.appending("a.c")])
    try watcher.watch([second.appending("a.c")])
    try TemporaryFolder.append("2", to: first.appending("a.c"))
    try TemporaryFolder.append("2", to: second.appending("a.c"))
    var iterator = watcher.changes.makeAsyncIterator()
    #expect(await iterator.next()?.path == second.appending("a.c"))
  }

  @Test func closingEndsTheChanges() async throws {
    try watcher.watch([folder.file("a.c")])
    watcher.close()
    for await change in watcher.changes { Issue.record("\(change)") }
  }
}
