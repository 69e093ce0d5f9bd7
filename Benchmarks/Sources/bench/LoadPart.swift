import Foundation
import Measurements

/// Loads in a QEMU that counts instructions, and what calls cost.
enum LoadPart {
  private static let seed: UInt64 = 7

  static func measure(_ options: Options, _ report: inout Report) throws {
    var fits = Table(
      "", "instructions a byte", "a fixup", "and for the whole", "furthest from the line")
    var shapes = Table("bytes", "fixups", "RISC-V", "off the line", "Xtensa", "off the line")
    var calls = Table("", "a call takes more through a stub", "64 names of 3 bytes", "of 75 bytes")
    var flash = Table(
      "through the flash, 1,024 bytes", "instructions", "bytes erased", "written", "RAM")
    var columns: [[(shape: LoadShape, instructions: Int)]] = []
    var curves: [Plot.Curve] = []
    for board in Board.allCases {
      let project = try Project("Benchmarks/Firmware", as: "firmware", on: board, options)
      let curve = Workload(LoadShape.all.map { Workload.Load($0) })
      let counts = try count(curve, project, options).counts
      let measured = zip(LoadShape.all, counts.loads).map { ($0, $1.instructions) }
      guard let fit = LinearFit(measured) else { throw Failure("no line through \(measured)") }
      let worst = measured.max {
        abs(fit.deviation($0.0, $0.1)) < abs(fit.deviation($1.0, $1.1))
      }
      fits.append(
        board.title, decimal(fit.perByte, 2), decimal(fit.perFixup, 1),
        grouped(Int(fit.constant.rounded())),
        worst.map { "\(percent(fit.deviation($0.0, $0.1))): \($0.0)" } ?? "")
      columns.append(measured)
      curves += self.curves(measured, board)

      let regression = try count(.regression, project, options).counts
      report.figures[board.rawValue, default: [:]].merge(
        Figures.instructions(regression)
      ) { _, new in new }
      func load(_ load: Workload.Load) -> Counts.Load? {
        Workload.regression.loads.firstIndex(of: load).map { regression.loads[$0] }
      }
      if let named = load(Workload.named), let short = load(.init(Workload.named.shape)),
        let stored = load(Workload.stored)
      {
        calls.append(
          board.title, "\(decimal(regression.stub ?? .nan, 1)) instructions",
          grouped(short.instructions), grouped(named.instructions))
        flash.append(
          board.title, grouped(stored.instructions), grouped(stored.erased),
          grouped(stored.written), grouped(stored.memory))
      }
    }
    for (index, shape) in LoadShape.all.enumerated() {
      var row = [grouped(shape.bytes), grouped(shape.fixups)]
      for column in columns {
        guard let fit = LinearFit(column) else { continue }
        let instructions = column[index].instructions
        row += [grouped(instructions), percent(fit.deviation(shape, instructions))]
      }
      shapes.rows.append(row)
    }
    report.add("load-line", fits.markdown)
    report.add("load", shapes.markdown)
    report.add("calls", calls.markdown)
    report.add("load-flash", flash.markdown)
    report.plots["load.svg"] =
      Plot(
        title: "Instructions of a load", horizontal: "bytes of the module",
        vertical: "instructions", curves: curves, isLogarithmic: true
      ).svg
  }

  /// A curve for 10 fixups, and one for as many as fit.
  private static func curves(_ measured: [(LoadShape, Int)], _ board: Board) -> [Plot.Curve] {
    [10, 1000, 100_000].map { fixups in
      Plot.Curve(
        name: "\(board.title), \(grouped(fixups)) fixups",
        points: measured.filter { $0.0.fixups == fixups }
          .map { (Double($0.0.bytes), Double($0.1)) })
    }
  }

  private static func percent(_ share: Double) -> String {
    let text = decimal(share * 100, 1)
    return (share > 0 && text != "0.0" ? "+" : "") + text + " %"
  }

  /// Runs the firmware; what came of each load, beside the images.
  static func count(
    _ workload: Workload, _ project: Project, _ options: Options
  ) throws -> (counts: Counts, images: [[UInt8]]) {
    note("loading \(workload.loads.count) modules on \(project.board.rawValue)")
    func identity(of module: String) throws -> ModuleIdentity {
      guard let identity = try ModuleIdentity(of: project.image(of: module)) else {
        throw Failure("the module '\(module)' has no note")
      }
      return identity
    }
    let (short, long) = try (identity(of: "short"), identity(of: "long"))
    let images = workload.images(for: { $0 ? long : short }, seed: seed)
    let folder = try CountingFolder(
      "\(project.buildFolder)/counting-board", project.board,
      requests: CountingBoard.requests(for: images), options)
    let counts = try folder.run(
      ["--plan", project.plan], loads: workload.loads.count, options)
    return (counts, images.map(\.bytes))
  }
}
