import HotReloadBuild

extension Inspection {
  /// Compares a module with a firmware, and takes the names of the exports from it.
  mutating func compare(with firmware: FirmwareImage) throws(CommandFailure) {
    guard let manifest else { return }
    matchesFirmware = HexText.encode(firmware.buildID) == manifest.firmwareID
    let tables = try CommandFailure.building { () throws(BuildFailure) in try firmware.tables() }
    guard
      let table = tables.first(where: {
        $0.namesHash == manifest.namesHash && $0.names.count == exports.count
      })
    else { return }
    for index in exports.indices { exports[index].name = table.names[index] }
  }
}
