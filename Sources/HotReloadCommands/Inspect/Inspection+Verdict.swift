import HotReloadBuild
import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadStore

extension Inspection {
  /// Asks the loaders of the chips.
  mutating func judge(_ bytes: [UInt8], _ selection: ChipSelection) {
    for chip in selection.chips {
      do throws(LoaderError) {
        let image = try ModuleImage(bytes.view, chip: chip)
        if cost == nil { cost = Cost(image, of: bytes.count, regions) }
        try image.check()
        verdicts.append(Verdict(chip: chip.name.description, loads: true))
      } catch {
        verdicts.append(
          Verdict(
            chip: chip.name.description, loads: false, error: error.code.description,
            detail: LoaderErrorText.describe(error, of: bytes, for: chip),
            hint: hint(for: error, chip, bytes)))
      }
    }
    if cost == nil { for index in regions.indices { regions[index].blockOffset = nil } }
    switch selection {
    case .these: isLoadable = verdicts.allSatisfy(\.loads)
    case .all: isLoadable = verdicts.contains(where: \.loads)
    case .meant:
      // Not one line for each chip that it was never meant for, unless there is nothing else to say.
      let others = ["wrong_abi", "wrong_chip", "wrong_machine"]
      let meant = verdicts.filter { verdict in !others.contains { $0 == verdict.error } }
      verdicts = meant.isEmpty ? Array(verdicts.prefix(1)) : meant
      isLoadable = verdicts.contains(where: \.loads)
    }
  }

  /// What to do about an error of the loader for `chip`.
  private func hint(for error: LoaderError, _ chip: Chip, _ bytes: [UInt8]) -> String? {
    if isFromOriginal {
      return
        "igrr/hotreload's build made this, for a loader that links on the chip: use `hotreload build`"
    }
    switch error {
    case .elf(.unsupportedType) where kind == .executable:
      return "this is a firmware or a program: a module is what `hotreload build` makes, module.elf"
    case .elf(.unsupportedType) where kind == .object:
      if let problem = ObjectProblem.of(bytes, path: path) {
        return [problem.message, problem.hint].compactMap { $0 }.joined(separator: ": ")
      }
      return "this is a compiler's output: `hotreload build` links and packs it"
    case .elf(let error) where error.isCutOff: return "the file is cut off: build or copy it again"
    case .elf: return nil
    case .wrongChip: return "build it for \(chip.name), or ask its own chip"
    case .wrongMachine, .wrongABI:
      switch chip.instructionSet {
      case .riscv(.soft): return "compile it for RISC-V with -march=rv32imc -mabi=ilp32"
      case .riscv(.single): return "compile it for RISC-V with -march=rv32imafc -mabi=ilp32f"
      case .xtensa: return "compile it for Xtensa with the windowed ABI"
      }
    case .wrongExecutableOffset:
      return "code and data have different addresses on this chip: `hotreload build` links for that"
    case .undefinedSymbol: return "`hotreload pack` binds it to a firmware"
    case .unsupportedRelocation:
      return chip.instructionSet == .xtensa
        ? "compile without -fPIC, and let `hotreload build` link it"
        : "compile with -fPIC, link with -shared"
    case .threadLocalStorage: return "make them ordinary variables"
    case .notAModule: return "link it with -shared, or let `hotreload build` make it"
    case .tooLarge where manifest == nil:
      return "the image beside it, module.elf, is what a chip takes"
    case .unsupportedFormat, .unsupportedFeatures, .noteTooShort:
      return "this tool is older than what made the file: use the same version"
    default: return nil
    }
  }

  /// Whether igrr/hotreload made the file: it leaves the link editor's relocations in (`--emit-relocs`), and
  /// strips the dynamic section.
  private var isFromOriginal: Bool {
    kind == .sharedObject && fixups.contains { !$0.isForLoader }
      && segments.contains { $0.type == "DYNAMIC" } && !sections.contains { $0.name == ".dynamic" }
  }
}

extension Inspection.Cost {
  fileprivate init(_ image: borrowing ModuleImage, of size: Int, _ regions: [Inspection.Region]) {
    self.image = size
    flash = Int(SlotLayout.imageOffset) + (size + 15) / 16 * 16
    payload = regions.reduce(0) { $0 + Int($1.memorySize) }
    ram = image.blockSize + image.codeBlockSize
    alignment = image.blockAlignment
  }
}
