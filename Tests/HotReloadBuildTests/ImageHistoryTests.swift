import Testing

@testable import HotReloadBuild

/// The images that a device may have.
@Suite struct ImageHistoryTests {
  private let folder: TemporaryFolder
  private let history: ImageHistory

  init() throws {
    folder = try TemporaryFolder()
    history = ImageHistory(OutputFolder(path: folder.path).module("a"))
  }

  @Test func whatIsKeptIsThere() {
    #expect(history.image(sequence: 1) == nil)
    history.keep([1, 2, 3], sequence: 1)
    history.keep([4], sequence: .max)
    #expect(history.image(sequence: 1) == [1, 2, 3])
    #expect(history.image(sequence: .max) == [4])
    #expect(history.image(sequence: 2) == nil)
  }

  @Test func theOldestGo() {
    for sequence in (1...20 as ClosedRange<UInt64>).shuffled() {
      history.keep([UInt8(sequence)], sequence: sequence)
    }
    let kept = (1...20 as ClosedRange<UInt64>).filter { history.image(sequence: $0) != nil }
    #expect(kept == Array(13...20))
  }

  @Test func aFolderThatCannotBeMadeIsNoError() throws {
    try folder.write("no folder", to: "a")
    history.keep([1], sequence: 1)
    #expect(history.image(sequence: 1) == nil)
  }
}
