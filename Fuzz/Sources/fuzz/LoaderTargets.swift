import HotReloadLoader
import TestImages

/// Loads the input for every chip of the table; one of other chips' machine is refused at once.
func loadForEveryChip(_ bytes: [UInt8]) {
  for index in 0..<Chip.count { load(bytes, chip: .at(index)) }
}

/// Loads an image of a chip with the input as the descriptor of its note, so that every byte of the input counts. The
/// first byte says which chip, and which flags the ELF file has.
func loadNote(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let chip = Chip.at(Int(script.byte()) % Chip.count)
  var builder: PackedImageBuilder
  switch chip.instructionSet {
  case .riscv(let floatABI):
    builder = .small(executableOffset: chip.executableOffset, chip: chip.id)
    builder.elfFlags = floatABI == .single ? 0x3 : 0x1
  case .xtensa: builder = .smallXtensa(chip: chip.id)
  }
  builder.otherDescriptor = script.bytes(.max)
  load(builder.build(), chip: chip)
}
