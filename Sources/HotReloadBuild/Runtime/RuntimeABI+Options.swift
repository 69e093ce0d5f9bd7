import SystemPackage

extension RuntimeABI {
  /// Options of swiftc for Embedded Swift with this ABI, which every module of the runtime has.
  var options: [String] {
    [
      "-target", "riscv32-none-none-eabi", "-swift-version", "6", "-wmo", "-Osize",
      "-parse-as-library", "-enable-experimental-feature", "Embedded",
      "-enable-experimental-feature", "Lifetimes", "-enable-upcoming-feature", "ExistentialAny",
      "-enable-upcoming-feature", "MemberImportVisibility", "-strict-memory-safety",
      "-no-allocations", "-Werror", "EmbeddedRestrictions", "-Werror", "StrictMemorySafety",
      // No global offset table: ESP-IDF's linker scripts have no place for one.
      "-Xcc", "-fno-pic",
      "-Xfrontend", "-function-sections", "-Xfrontend", "-disable-stack-protector",
      // Instructions that all branches have in common are written once.
      "-Xllvm", "-sink-common-insts", "-Xllvm", "-hoist-common-insts",
    ] + ownOptions
  }

  /// Those that only the instruction set has.
  private var ownOptions: [String] {
    switch instructionSet {
    case .riscv(let architecture, let callingConvention):
      [
        "-D", "HOTRELOAD_RISCV",
        "-Xcc", "-ffreestanding", "-Xcc", "-march=\(architecture)", "-Xcc",
        "-mabi=\(callingConvention)",
        // A tenth less code: registers are saved by libgcc's __riscv_save_*, repeated pieces are shared.
        "-Xcc", "-msave-restore", "-Xllvm", "-enable-machine-outliner=always",
        "-Xllvm", "-enable-linkonceodr-outlining",
      ]
    case .xtensa:
      ["-D", "HOTRELOAD_XTENSA"] + XtensaBackEnd.compilerOptions
    }
  }

  /// What makes machine code of swiftc's; nil where swiftc does itself.
  ///
  /// - Parameter llvm: LLVM's folder `bin`, if the user has named one.
  func backEnd(llvm: FilePath?) -> XtensaBackEnd? {
    switch instructionSet {
    case .riscv: nil
    case .xtensa(let core): XtensaBackEnd(core: core, llvm: llvm)
    }
  }
}
