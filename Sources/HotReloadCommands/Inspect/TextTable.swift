/// Columns of text, each as wide as its widest cell.
struct TextTable {
  enum Alignment {
    case left
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table whose first row is `titles`; numbers go to the right.
  init(_ titles: [String], _ alignments: [Alignment]) {
    self.alignments = alignments
    rows.append(titles)
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The rows, two spaces before every cell, no space at the end of a line.
  var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += "  " + (alignments[column] == .right ? padding + cell : cell + padding)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
