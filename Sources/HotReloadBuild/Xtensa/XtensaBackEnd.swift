import SystemPackage

/// Makes machine code for Xtensa of what swiftc writes for RISC-V. docs/XTENSA.md says why, and what each step is for.
struct XtensaBackEnd: Equatable, Sendable {
  let core: XtensaCore
  /// LLVM's folder `bin`, if the user has named one.
  let llvm: FilePath?

  /// Goes up when the same input becomes another object.
  private static let revision = "xtensa 8"

  /// What makes an object another object.
  var identity: [String] { [Self.revision, core.rawValue, llvm?.string ?? ""] }

  /// Options of swiftc, beside `-target riscv32-none-none-eabi`: the instructions nearest to Xtensa's, atomic ones
  /// included, and C types of other sizes than RISC-V's.
  ///
  /// GCC's `xtensa.h`: `WCHAR_TYPE` is `short unsigned int`, `LONG_DOUBLE_TYPE_SIZE` that of double.
  static let compilerOptions =
    [
      "-march=rv32imac", "-mabi=ilp32", "-ffreestanding", "-fshort-wchar", "-Xclang",
      "-mlong-double-64",
      // The C library's headers ask GCC which processor it compiles for.
      "-U__riscv", "-D__XTENSA__=1", "-D__xtensa__=1", "-D__XTENSA_EL__=1",
      "-D__XTENSA_WINDOWED_ABI__=1",
    ].flatMap { ["-Xcc", $0] }

  /// Options of llc that take a twentieth off its code. What it loads once and keeps for a second use, such as
  /// the address of a function, it mostly has to store on the stack; and each call through such an address is one that
  /// `DirectCalls` cannot make short.
  private static let optionsForSize = [
    "-disable-machine-cse", "-disable-machine-licm", "-disable-lsr", "-disable-block-placement",
    "-split-spill-mode=size",
  ]

  /// Turns the file with LLVM's intermediate code into an object file.
  ///
  /// - Parameters:
  ///   - file: gets the object in the place of the code.
  ///   - name: that of the Swift module, for messages.
  ///   - memory: knows LLVM, and which of its programs wait for work.
  /// - Returns: the tools that were used, where they are known by their paths.
  /// - Throws: `notForXtensa`; `toolMissing`; `backEndFailed` with LLVM's output; `fileSystem`; `cancelled`.
  func compile(
    _ file: FilePath, name: String, _ memory: BuildMemory
  ) async throws(BuildFailure) -> [FilePath] {
    let tools = try await memory.llvm.tools(in: llvm)
    let run = { (command: [String]) async throws(BuildFailure) in
      try await Self.run(command, memory.tools)
    }
    let ir = FilePath("\(file).ll")
    let assembly = FilePath("\(file).s")
    defer {
      FileContents.remove(ir)
      FileContents.remove(assembly)
    }
    do throws(BuildFailure) {
      try FileContents.write(Self.retargeted(try FileContents.read(file)), to: ir)
      try await generate(
        [tools.codeGenerator] + core.options + [
          "-mtriple=xtensa", "-O2", "-relocation-model=static", "-function-sections",
          "-data-sections", "-asm-verbose=false",
        ] + Self.optionsForSize + [ir.string, "-o", assembly.string], run)
      try FileContents.write(finished(try FileContents.read(assembly)), to: assembly)
      try await run(
        [tools.assembler] + core.options + [
          "-triple=xtensa", "-filetype=obj", assembly.string, "-o", file.string,
        ])
    } catch {
      guard error.kind != .cancelled else { throw error }
      var failure = error
      failure.message = "the Swift module \(name) for Xtensa's \(core): \(error.message)"
      throw failure
    }
    return [tools.codeGenerator, tools.assembler].map { FilePath($0) }.filter(\.isAbsolute)
  }

  /// LLVM's intermediate code for Xtensa.
  static func retargeted(_ ir: [UInt8]) throws(BuildFailure) -> [UInt8] {
    try IRLimits.check(ir)
    return try IRTraps.inlined(IRNames.plain(IRTarget.retargeted(ir)))
  }

  /// llc's assembly as the assembler gets it. The file says for which core it is (`RuntimeArchive` asks): the header of an
  /// ELF file does not.
  func finished(_ assembly: [UInt8]) throws(BuildFailure) -> [UInt8] {
    let masked = FieldExtraction.chosen(DirectCalls.made(assembly))
    let short = ShortBranches.chosen(NarrowInstructions.chosen(masked))
    let numbered = CallFrameRegisters.numbered(short)
    return try LiteralPools.placed(numbered) + Array("\t.set\t\(core.mark), 0\n".utf8)
  }

  /// LLVM 22 runs out of registers in some functions, with the allocator that it takes by itself: then by another one,
  /// which needs a little more code.
  private func generate(
    _ command: [String], _ run: ([String]) async throws(BuildFailure) -> Void
  ) async throws(BuildFailure) {
    do throws(BuildFailure) { try await run(command) } catch {
      guard error.output?.contains("Cannot scavenge register") == true else { throw error }
      try await run(command + ["-regalloc=basic"])
    }
  }

  private static func run(
    _ command: [String], _ tools: StartedTools
  ) async throws(BuildFailure) {
    let result = try await tools.run(command)
    guard result.succeeded else {
      throw BuildFailure(
        .buildFailed, .backEndFailed,
        "\(command[0]) failed"
          + (culprit(result.output).map { " in the function \($0)" } ?? ""),
        hint: "docs/XTENSA.md lists what LLVM's back end for Xtensa cannot do",
        output: result.output)
    }
  }

  /// The function that LLVM was at when it stopped: it says so in its last words.
  private static func culprit(_ output: String) -> Substring? {
    output.firstMatch(of: /on function '@"?([^'"]+)"?'/)?.1
  }
}
