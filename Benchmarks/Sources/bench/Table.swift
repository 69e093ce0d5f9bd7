/// Rows and columns, for a terminal and for a document: Markdown reads well in both.
struct Table {
  var head: [String]
  var rows: [[String]] = []

  init(_ head: String...) { self.head = head }

  mutating func append(_ row: String...) { rows.append(row) }

  var markdown: String {
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ row: [String]) -> String {
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      return "| " + cells.joined(separator: " | ") + " |\n"
    }
    let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) + "|" }.joined() + "\n"
    return line(head) + rule + rows.map(line).joined()
  }
}
