/// An inspection for people.
enum InspectionText {
  static func lines(_ inspection: Inspection) -> [String] {
    var lines = [
      "\(inspection.path): \(inspection.kind.rawValue), \(inspection.machine), "
        + "\(inspection.size) bytes, flags \(HexText.address(inspection.flags))"
    ]
    for segment in inspection.segments {
      lines.append(
        "  segment  \(segment.type) \(segment.access) at \(HexText.address(segment.address)), "
          + "\(segment.memorySize) bytes, in the file \(segment.fileSize) at \(segment.offset), "
          + "aligned to \(segment.alignment)")
    }
    if let manifest = inspection.manifest { lines += self.lines(manifest) }
    for export in inspection.exports {
      lines.append("  export   \(HexText.address(export.address)) \(export.name ?? "(unnamed)")")
    }
    if let cost = inspection.cost {
      lines.append(
        "  cost     \(cost.flash) bytes of flash, \(cost.ram) bytes of RAM aligned to "
          + "\(cost.alignment)")
    }
    if let matches = inspection.matchesFirmware {
      lines.append(
        "  firmware \(matches ? "the one it is bound to" : "ANOTHER than it is bound to")")
    }
    for verdict in inspection.verdicts {
      lines.append(
        "  \(verdict.chip): "
          + (verdict.loads ? "loads" : "does not load: \(verdict.detail ?? "")"))
    }
    return lines
  }

  private static func lines(_ manifest: Inspection.Manifest) -> [String] {
    [
      "  module   \(manifest.id), packed at \(manifest.sequence)",
      "  bound to \(manifest.firmwareID)",
      "  chip     \(manifest.chip), instruction bus "
        + (manifest.executableOffset == 0
          ? "same as data bus" : "\(HexText.address(manifest.executableOffset)) behind data bus"),
      "  fixups   \(manifest.relativeWords) RELR words, \(manifest.oddFixups) odd",
    ]
  }
}
