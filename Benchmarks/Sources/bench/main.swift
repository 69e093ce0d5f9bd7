import Foundation
import Measurements

let folder = CommandLine.arguments[1]
let board = CommandLine.arguments[2]
let image = Array(try Data(contentsOf: URL(filePath: "\(folder)/hotreload/short/module.elf")))
let identity = ModuleIdentity(of: image)!
let shapes = CommandLine.arguments.count > 3 ? LoadShape.all : LoadShape.few
let stored = CommandLine.arguments.count > 4
let images = shapes.map { LoadImage.make($0, for: identity, seed: 7) }
let work = "/tmp/st/board-\(board)"
try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
try Data(CountingBoard.requests(for: images.map { ($0, isStored: stored) })).write(
  to: URL(filePath: work + "/requests.bin"))
let text = try String(
  contentsOfFile: "/tmp/clones/store/Boards/\(board)/board.toml", encoding: .utf8)
try CountingBoard.descriptor(text, requests: work + "/requests.bin")!.write(
  toFile: work + "/board.toml", atomically: true, encoding: .utf8)
let output = try Program.run([
  "/tmp/st/hotreload", "run", "--board", work, "--plan", folder + "/hotreload-plan.json",
])
guard let counts = Counts(console: output) else { fatalError(output) }
let measured = zip(shapes, counts.loads.map(\.instructions)).map { ($0, $1) }
let fit = LinearFit(measured)!
print(fit, counts.stub)
for (i, m) in measured.enumerated() {
  print(
    m.0, images[i].count, m.1, counts.loads[i].memory,
    (fit.deviation(m.0, m.1) * 1000).rounded() / 10)
}
