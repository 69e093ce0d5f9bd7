import SystemPackage
import Testing

@testable import HotReloadBuild

struct InputRecordTests {
  let folder: TemporaryFolder
  let input: FilePath
  let output: FilePath

  init() throws {
    folder = try TemporaryFolder()
    input = try folder.write("in", to: "in put")
    output = try folder.write("out", to: "output")
  }

  private func record(start: Int64 = .max) throws -> InputRecord {
    try InputRecord(command: ["cc", "-c"], output: output, inputs: [input], start: start).save()
    return try #require(InputRecord(of: output))
  }

  @Test func `nothing changed: fresh`() throws {
    #expect(try record().isFresh(command: ["cc", "-c"]))
  }

  @Test(arguments: [[], ["cc"], ["cc", "-c", ""], ["cc-c"]])
  func `another command: stale`(command: [String]) throws {
    #expect(try !record().isFresh(command: command))
  }

  @Test func `an older file in place of the input: stale`() throws {
    let older = try folder.write("IN", to: "older")
    try folder.write("in", to: "in put")
    let record = try record()
    try FileContents.move(older, to: input)
    #expect(!record.isFresh(command: ["cc", "-c"]))
  }

  @Test func `input removed: stale`() throws {
    let record = try record()
    FileContents.remove(input)
    #expect(!record.isFresh(command: ["cc", "-c"]))
  }

  @Test func `output removed or replaced: stale`() throws {
    let record = try record()
    try folder.write("other", to: "output")
    #expect(!record.isFresh(command: ["cc", "-c"]))
    FileContents.remove(output)
    #expect(!record.isFresh(command: ["cc", "-c"]))
  }

  @Test func `input changed while the command ran: stale`() throws {
    let changed = try #require(FileStatus(input)).modified
    #expect(try !record(start: changed - 1).isFresh(command: ["cc", "-c"]))
    #expect(try record(start: changed).isFresh(command: ["cc", "-c"]))
  }

  @Test(arguments: [
    "", "hotreload inputs 2 ab\n1 2 x\n", "hotreload inputs 1 ab\n",
    "hotreload inputs 1 ab\nx y z\n",
  ])
  func `a damaged record is none`(text: String) throws {
    try folder.write(text, to: "output.inputs")
    #expect(InputRecord(of: output) == nil)
  }
}
