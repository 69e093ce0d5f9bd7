import Foundation
import Measurements

/// What the runtime takes of Examples/basic.
enum SizePart {
  static func measure(_ options: Options, _ report: inout Report) throws {
    var table = Table("bytes", "RISC-V", "Xtensa")
    var names: [String] = []
    var columns: [[String: Int]] = []
    for board in Board.allCases {
      let project = try Project("Examples/basic", as: "basic", on: board, options)
      let output = try Program.run([
        "\(options.root)/scripts/code-size.sh", "\(project.buildFolder)/basic.map",
      ])
      var column: [String: Int] = [:]
      for line in output.split(separator: "\n") {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { continue }
        let name = String(parts[1].drop { $0 == " " })
        column[name] = Int(parts[0])
        if !names.contains(name) { names.append(name) }
      }
      let image = try project.image().count
      column["image of the example's module"] = image
      columns.append(column)
      report.figures[board.rawValue, default: [:]].merge(
        Figures.sizes(output, image: image)
      ) { _, new in new }
    }
    for name in names + ["image of the example's module"] {
      table.rows.append([name] + columns.map { $0[name].map(grouped) ?? "–" })
    }
    report.add("sizes", table.markdown)
  }
}
