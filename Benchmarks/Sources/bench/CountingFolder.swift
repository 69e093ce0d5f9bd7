import Foundation
import Measurements

/// A board in a folder, whose QEMU counts.
struct CountingFolder {
  private let path: String

  /// - Parameter requests: what the firmware finds in its RAM.
  init(_ path: String, _ board: Board, requests: [UInt8], _ options: Options) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let file = "\(path)/requests.bin"
    try Data(requests).write(to: URL(filePath: file))
    let text = try String(
      contentsOfFile: "\(options.root)/Boards/\(board.rawValue)/board.toml", encoding: .utf8)
    guard let descriptor = CountingBoard.descriptor(text, requests: file) else {
      throw Failure("board.toml of \(board.rawValue) has no arguments")
    }
    try descriptor.write(toFile: "\(path)/board.toml", atomically: true, encoding: .utf8)
  }

  /// What a firmware says.
  ///
  /// - Parameters:
  ///   - firmware: which, for `hotreload run`.
  ///   - loads: how many it has to tell of.
  func run(_ firmware: [String], loads: Int, _ options: Options) throws -> Counts {
    let console = try Program.run([options.tool, "run", "--board", path] + firmware)
    guard let counts = Counts(console: console), counts.loads.count == loads else {
      throw Failure("the firmware says:\n\(console)")
    }
    return counts
  }
}
