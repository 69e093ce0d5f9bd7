import HotReloadELF
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

/// The archives for Xtensa, compiled from the sources, as disassembled by binutils.
struct XtensaRuntimeTests {
  /// Instructions that not all of the cores have (Xtensa ISA; binutils' names), by what has them.
  private static let optional: [(feature: String, instructions: Set<Substring>)] = [
    ("s32c1i", ["s32c1i"]), ("loop", ["loop", "loopnez", "loopgtz"]),
    ("mul32high", ["muluh", "mulsh"]),
    ("fp", ["lsi", "lsip", "ssi", "ssip", "lsx", "ssx", "wfr", "rfr", "float.s", "trunc.s"]),
    ("mac16", ["mul.aa.ll", "mula.aa.ll", "umul.aa.ll"]),
    ("bool", ["bf", "bt", "any4", "all4", "movf", "movt"]),
  ]

  /// The core with the most instructions and that with the fewest: the others have what one of them has.
  @Test(arguments: [XtensaCore.esp32, .esp32s2])
  func `an archive has what its core has, and calls in windows`(core: XtensaCore) async throws {
    let folder = try TemporaryFolder()
    let compiler = RuntimeCompiler(
      component: Toolchain.root.pushing("components/hotreload"),
      abi: RuntimeABI(.xtensa(core)), compiler: Toolchain.swiftc, softwareCrypto: true,
      output: folder.path.pushing("lib/libhotreload_runtime.a"))
    #expect(try await compiler.compile() == [])
    try checkChips(compiler.output, core)
    try checkImports(compiler.output, core)
    try await checkInstructions(compiler.output, core)
    if core == .esp32s2 { try await checkLink(compiler.output, folder) }

    let before = FileStatus(compiler.output)
    #expect(try await compiler.compile() == [])
    #expect(FileStatus(compiler.output) == before)
    let files = try folder.names().filter { $0.contains(".tmp") || $0.contains(".temporary") }
    #expect(files == [])
  }

  /// One archive for the chips with its core, and no other.
  private func checkChips(_ path: FilePath, _ core: XtensaCore) throws {
    for chip in (0..<Chip.count).map({ Chip.at($0) }) {
      if XtensaCore(chip) == core {
        try RuntimeArchive.check(path, for: chip)
      } else {
        let failure = #expect(throws: BuildFailure.self, "\(chip.name)") {
          try RuntimeArchive.check(path, for: chip)
        }
        #expect(failure?.code == .wrongRuntime)
        if chip.instructionSet == .xtensa {
          #expect(failure?.message.contains("compiled for the core \(core)") == true)
          #expect(failure?.hint?.contains("--abi xtensa-") == true)
        }
      }
    }
  }

  /// What the archive needs: the port, and the functions of the C library and libgcc that docs/XTENSA.md lists.
  private func checkImports(_ path: FilePath, _ core: XtensaCore) throws {
    var libraries: Set = ["memcpy", "memmove", "memset", "__udivdi3", "__muldi3"]
    if core == .esp32s2 {
      libraries.formUnion(
        ["load", "store", "compare_exchange", "fetch_add"].map { "__atomic_\($0)_4" })
    }
    let object = try #require(Archive(FileContents.read(path), path: path.string).members.first)
    let needed = try ELFFile(object.bytes.span.raw).namedSymbols(.symbolTable)
      .filter { !$0.symbol.isDefined && !$0.name.isEmpty }.map(\.name)
    #expect(
      Set(needed).filter { !$0.hasPrefix("hotreload_") }.subtracting(libraries) == [])
  }

  private func checkInstructions(_ path: FilePath, _ core: XtensaCore) async throws {
    let dump = try await ToolProcess.run([Toolchain.xtensa("objdump"), "-d", path.string])
    #expect(dump.succeeded, "\(dump.output)")
    // Below `<name-0x8>:` are literals, below `<name>:` address, bytes, operation, operands.
    var operations: Set<Substring> = []
    var isFunction = false
    for line in dump.output.split(separator: "\n") {
      if line.hasSuffix(">:") { isFunction = !line.contains("-0x") }
      guard isFunction else { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      if fields.count >= 3 { operations.insert(fields[2].split(separator: " ")[0]) }
    }
    #expect(operations.isSuperset(of: ["entry", "retw.n", "l32r", "callx8", "call8", "mov.n"]))
    #expect(
      operations.isDisjoint(with: ["call0", "callx0", "call4", "callx4", "call12", "callx12"]))
    for (feature, instructions) in Self.optional where !core.features.contains(feature) {
      #expect(operations.isDisjoint(with: instructions), "\(core) has no \(feature)")
    }
  }

  /// GNU ld, with its relaxation, puts together what the tool made; nothing in the result points the wrong way.
  private func checkLink(_ path: FilePath, _ folder: TemporaryFolder) async throws {
    let linked = folder.path.appending("linked.elf")
    try await Toolchain.run([
      Toolchain.xtensa("ld"), "--emit-relocs", "--gc-sections", "-e", "hotreload_load", "-u",
      "hotreload_server_start", "--unresolved-symbols=ignore-all", "-o", linked.string, path.string,
    ])
    let dump = try await ToolProcess.run([
      Toolchain.xtensa("objdump"), "-dr", "--section=.text", linked.string,
    ])
    // A call goes to the first instruction of a function. A literal may look like one, but has no relocation on the next line.
    let lines = dump.output.split(separator: "\n")
    var count = 0
    for (line, next) in zip(lines, lines.dropFirst())
    where line.contains("\tcall8\t") && next.contains("R_XTENSA_SLOT0_OP\t") {
      #expect(line.hasSuffix(">") && !line.contains("+0x"), "\(line)")
      count += 1
    }
    #expect(count > 300)
  }
}
