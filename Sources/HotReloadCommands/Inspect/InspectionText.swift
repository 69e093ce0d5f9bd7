import HotReloadBuild
import HotReloadELF

/// An inspection for people.
struct InspectionText {
  private let inspection: Inspection
  /// Of the terminal; nil where lines may be as long as they like.
  private let width: Int?

  /// - Parameter width: of the terminal, nil if the text goes elsewhere.
  init(_ inspection: Inspection, width: Int? = nil) {
    self.inspection = inspection
    self.width = width
  }

  /// The lines, without newlines.
  var lines: [String] {
    let abi = inspection.abi.isEmpty ? "" : " (\(inspection.abi.joined(separator: ", ")))"
    let head =
      "\(inspection.path): \(inspection.kind.rawValue), \(inspection.machine)\(abi), "
      + StatusText.count(inspection.size, "byte")
    let parts: [(title: String, lines: [String])] = [
      ("manifest", manifest), ("firmware", firmware), ("regions", regions), ("segments", segments),
      ("sections", sections), ("exports", exports), ("imports", imports), ("fixups", fixups),
      ("kept variables", keptVariables), ("cost", cost),
      ("damage", inspection.damage.map { "  \($0)" }), ("verdict", verdicts),
    ]
    return wrap(head, indent: 2)
      + parts.filter { !$0.lines.isEmpty }.flatMap { ["", $0.title] + $0.lines }
  }

  private func wrap(_ text: String, indent: Int) -> [String] {
    TextWrap.lines(text, indent: indent, width: width)
  }

  /// `name  value`, with the values in one column.
  private func pairs(_ pairs: [(name: String, value: String?)]) -> [String] {
    let known = pairs.filter { $0.value != nil }
    let column = (known.map { $0.name.count }.max() ?? 0) + 4
    return known.flatMap { name, value in
      let padding = String(repeating: " ", count: column - 2 - name.count)
      return wrap("  " + name + padding + (value ?? ""), indent: column)
    }
  }

  private var manifest: [String] {
    guard let manifest = inspection.manifest else { return [] }
    return pairs([
      ("format", "\(manifest.format)"), ("chip", "\(manifest.chip) (\(manifest.chipID))"),
      ("buses", buses(manifest)),
      ("module", manifest.moduleID),
      ("packed", (manifest.packedAt.map { "\($0), " } ?? "") + "sequence \(manifest.sequence)"),
      ("firmware", manifest.firmwareID),
      ("lifecycle", manifest.lifecycle.map(HexText.address) ?? "none"),
    ])
  }

  private func buses(_ manifest: Inspection.Manifest) -> String {
    // Data and code have a bias each there, so that one image serves every memory of the chip.
    if inspection.machine == Machine.xtensa.name { return "code runs where the chip sees it" }
    guard manifest.executableOffset != 0 else { return "code runs where it is written" }
    let distance = HexText.address(manifest.executableOffset)
    return "code runs \(distance) behind where it is written"
  }

  private var firmware: [String] {
    guard let firmware = inspection.firmware else { return [] }
    let match = firmware.isBoundTo.map { isBoundTo in
      isBoundTo ? "the one that the module is bound to" : "ANOTHER than the module is bound to"
    }
    let tables = firmware.tables.map { table in
      (name: "calls", value: Optional("\(table.label): \(table.names.joined(separator: ", "))"))
    }
    return pairs(
      [("file", firmware.path), ("id", firmware.id), ("match", match)]
        + (inspection.kind == .executable ? tables : []))
  }

  private var regions: [String] {
    guard !inspection.regions.isEmpty else { return [] }
    var table = TextTable(
      ["region", "address", "in block", "in file", "in memory", "align"],
      [.left, .left, .right, .right, .right, .right])
    for region in inspection.regions {
      table.add([
        region.kind.rawValue, HexText.address(region.address),
        region.blockOffset.map { "\($0)" } ?? "-", "\(region.fileSize)",
        "\(region.memorySize)", "\(region.alignment)",
      ])
    }
    return table.lines
  }

  private var segments: [String] {
    guard !inspection.segments.isEmpty else { return [] }
    var table = TextTable(
      ["segment", "access", "address", "offset", "in file", "in memory", "align"],
      [.left, .left, .left, .right, .right, .right, .right])
    for segment in inspection.segments {
      table.add([
        segment.type, segment.access, HexText.address(segment.address), "\(segment.offset)",
        "\(segment.fileSize)", "\(segment.memorySize)", "\(segment.alignment)",
      ])
    }
    return table.lines
  }

  private var sections: [String] {
    guard !inspection.sections.isEmpty else { return [] }
    var table = TextTable(
      ["access", "address", "offset", "size", "name"], [.left, .left, .right, .right, .left])
    for section in inspection.sections {
      table.add([
        section.access, section.isLoaded ? HexText.address(section.address) : "not loaded",
        "\(section.offset)", "\(section.size)", section.name,
      ])
    }
    return table.lines
  }

  private var exports: [String] {
    inspection.exports.map { "  \(HexText.address($0.address))  \($0.name ?? "(unnamed)")" }
  }

  private var imports: [String] {
    guard !inspection.imports.isEmpty else { return [] }
    var table = TextTable(["address", "used by", "name"], [.left, .left, .left])
    for item in inspection.imports {
      let absent = item.isWeak && (item.address ?? 0) == 0
      table.add([
        item.address.map(HexText.address) ?? "not bound",
        StatusText.count(item.words.count, "word"), item.name + (absent ? " (weak, absent)" : ""),
      ])
    }
    return table.lines
  }

  private var fixups: [String] {
    guard !inspection.fixups.isEmpty else { return [] }
    var table = TextTable(["words", "kind", "table"], [.right, .left, .left])
    for fixup in inspection.fixups where fixup.isForLoader {
      table.add(["\(fixup.count)", fixup.kind, fixup.table])
    }
    var others: [(kind: String, count: Int)] = []
    for fixup in inspection.fixups where !fixup.isForLoader {
      if let index = others.firstIndex(where: { $0.kind == fixup.kind }) {
        others[index].count += fixup.count
      } else {
        others.append((fixup.kind, fixup.count))
      }
    }
    for (kind, count) in others { table.add(["\(count)", kind, "for the link editor"]) }
    return table.lines
  }

  private var keptVariables: [String] {
    guard !inspection.keptVariables.isEmpty else { return [] }
    var table = TextTable(["address", "size", "layout", "name"], [.left, .right, .left, .left])
    for variable in inspection.keptVariables {
      table.add([
        HexText.address(variable.address), "\(variable.size)", HexText.address(variable.layoutHash),
        variable.name,
      ])
    }
    return table.lines
  }

  private var cost: [String] {
    guard let cost = inspection.cost else { return [] }
    let partition = cost.erased.flatMap { erased in
      cost.slot.map { slot in ", erases \(erased) of a slot's \(slot)" }
    }
    return pairs([
      ("upload", StatusText.count(cost.image, "byte")),
      ("flash", "\(cost.flash) bytes" + (partition ?? "")),
      (
        "RAM",
        "\(cost.ram) bytes aligned to \(cost.alignment), \(cost.payload) of them the module's"
      ),
    ])
  }

  private var verdicts: [String] {
    var groups: [(chips: [String], verdict: Inspection.Verdict)] = []
    for verdict in inspection.verdicts {
      let same = groups.firstIndex { group in
        group.verdict.detail == verdict.detail && group.verdict.hint == verdict.hint
      }
      if let same {
        groups[same].chips.append(verdict.chip)
      } else {
        groups.append(([verdict.chip], verdict))
      }
    }
    return groups.flatMap { chips, verdict in
      let names = chips.joined(separator: ", ")
      guard let detail = verdict.detail else { return wrap("  loads on \(names)", indent: 4) }
      return wrap("  refused by \(names)", indent: 4)
        + wrap("    \(detail) (\(verdict.error ?? ""))", indent: 4)
        + (verdict.hint.map { wrap("    hint: \($0)", indent: 4) } ?? [])
    }
  }
}
