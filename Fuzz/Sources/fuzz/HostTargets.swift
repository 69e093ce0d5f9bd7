import HotReloadELF
import HotReloadLoader
import TestImages

@testable import HotReloadBuild

/// Reads the input as everything that the tool reads: an object file, a linked module, firmware, an archive. What packs
/// loads.
func readObjects(_ bytes: [UInt8]) {
  for machine in [Machine.riscv, .xtensa] {
    if let object = try? ObjectFile(bytes, path: "a.o", machine: machine) {
      _ = try? ModuleInterface([object])
    }
  }
  _ = try? SwiftObject.finished(bytes, path: "a.o")
  _ = ObjectProblem.of(bytes, path: "a.o")
  readArchive(bytes)
  guard let firmware = try? FirmwareImage(bytes, path: "app.elf", identity: nil) else { return }
  _ = try? firmware.isPrepared
  _ = try? firmware.tables()
  for index in 0..<Chip.count {
    let chip = Chip.at(index)
    // A module may serve as its own firmware: what it defines, it needs of nobody.
    guard
      let packed = try? Packer(chip: chip, firmware: firmware).pack(bytes, path: "module.so")
    else { continue }
    load(packed.bytes(sequence: 1), chip: chip)
  }
}

private func readArchive(_ bytes: [UInt8]) {
  guard let archive = try? Archive(bytes, path: "lib.a") else { return }
  let size = archive.members.reduce(0) { $0 + $1.bytes.count }
  require(size <= bytes.count, "the members are parts of the archive")
  guard let encoded = try? archive.encoded(), let again = try? Archive(encoded, path: "lib.a")
  else { return }
  require(
    again.members.map { $0.bytes } == archive.members.map { $0.bytes }, "an archive can be written")
}

/// Reads the input as the sections of debug information: four bytes say where the second and the third begin.
func readDebugInformation(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let (first, second) = (Int(script.half()), Int(script.half()))
  let sections = DebugSections(
    information: script.bytes(first), abbreviations: script.bytes(second),
    strings: script.bytes(64), lineStrings: script.bytes(16), stringOffsets: script.bytes(32),
    addresses: script.bytes(.max))
  guard let information = try? DebugInformation(sections) else { return }
  for offset in information.variables {
    guard let entry = try? information.entry(at: offset) else { continue }
    _ = try? information.name(of: entry)
    _ = try? information.address(of: entry)
    guard let layout = try? TypeLayoutReader.layout(of: entry, in: information) else { continue }
    require(layout.hash == layout.hash, "a layout has a hash")
  }
}
