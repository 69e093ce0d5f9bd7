import SystemPackage
import Testing

@testable import HotReloadBuild

/// The search for LLVM's back end for Xtensa.
struct LLVMToolsTests {
  private static let registered = "\n  Registered Targets:\n    x86-64      - 64-bit X86\n"
  private static let xtensa = registered + "    xtensa      - Xtensa 32\n"

  @Test(arguments: [
    ("Debian LLVM version 22.1.8" + xtensa, nil), ("LLVM version 23.0.0git" + xtensa, nil),
    ("LLVM version 21.1.0" + xtensa, "too old: LLVM 21, not 22"),
    ("LLVM version 22.1.8" + registered, "no back end for Xtensa"),
    ("something else", "does not say that it is LLVM's"), ("", "does not say that it is LLVM's"),
  ])
  func `a tool is known by its introduction`(introduction: String, problem: String?) {
    let found = LLVMTools.problem("llc", introduction)
    #expect(found?.isMissing != true)
    if let problem {
      #expect(found?.message.contains(problem) == true, "\(found?.message ?? "accepted")")
    } else {
      #expect(found == nil)
    }
  }

  @Test func `a folder without LLVM is named`() async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: BuildFailure.self) {
      try await LLVMTools.find(in: folder.path)
    }
    #expect(failure?.code == .toolMissing)
    #expect(failure?.message.contains("there is no \(folder.path)/llc") == true)
    for word in ["llvm-22", "HOTRELOAD_LLVM", "release"] {
      #expect(failure?.hint?.contains(word) == true, "\(word)")
    }
  }

  /// A script in the place of llc.
  private func compile(_ ir: String, llc: String) async throws -> BuildFailure? {
    let folder = try TemporaryFolder()
    for (name, body) in [("llc", llc), ("llvm-mc", "true")] {
      let script = """
        #!/bin/sh
        if [ "$1" = --version ]; then echo 'LLVM version 22.1.8'; echo '    xtensa - '; exit; fi
        \(body)

        """
      let path = folder.path.appending(name)
      try FileContents.write(Array(script.utf8), to: path)
      try await Toolchain.run(["chmod", "+x", path.string])
    }
    let file = folder.path.appending("sample.o")
    try FileContents.write(Array(ir.utf8), to: file)
    let backEnd = XtensaBackEnd(core: .esp32, llvm: folder.path)
    return await #expect(throws: BuildFailure.self) {
      try await backEnd.compile(file, name: "Sample", BuildMemory())
    }
  }

  private static let sample =
    "target datalayout = \"e-m:e-p:32:32-i64:64-n32-S128\"\ntarget triple = \"riscv32-none-none-eabi\"\n"

  @Test func `where LLVM crashes, its output and the function are shown`() async throws {
    let crash = "echo \"2. Running pass on function '@lamp_blink'\" >&2; kill -ABRT $$"
    let failure = try await compile(Self.sample, llc: crash)
    #expect(failure?.code == .backEndFailed)
    #expect(
      failure?.message.hasPrefix("the Swift module Sample for Xtensa's esp32: ") == true,
      "\(failure?.message ?? "")")
    #expect(failure?.message.hasSuffix("failed in the function lamp_blink") == true)
    #expect(failure?.output?.contains("Running pass") == true)
    #expect(failure?.hint?.contains("docs/XTENSA.md") == true)
  }

  @Test func `where LLVM runs out of registers, it gets another allocator`() async throws {
    let llc = """
      case "$*" in *-regalloc=basic*) echo "on function '@second'"; exit 1;; esac
      echo 'Cannot scavenge register without an emergency spill slot!'; exit 1
      """
    let failure = try await compile(Self.sample, llc: llc)
    #expect(failure?.message.hasSuffix("failed in the function second") == true)
  }

  @Test func `LLVM is asked once who it is, however often it compiles`() async throws {
    let folder = try TemporaryFolder()
    let log = folder.path.appending("log")
    for name in ["llc", "llvm-mc"] {
      let script =
        "#!/bin/sh\necho \(name) >> '\(log)'\necho 'LLVM version 22.1.8'; echo '    xtensa - '\n"
      try FileContents.write(
        Array(script.utf8), to: folder.path.appending(name),
        permissions: .ownerReadWriteExecute)
    }
    let known = KnownLLVM()
    for _ in 0..<3 { _ = try await known.tools(in: folder.path) }
    #expect(try FileContents.read(log) == Array("llc\nllvm-mc\n".utf8))
  }

  @Test func `what PATH has is known by where it is`() async throws {
    let tools = try await LLVMTools.find(in: nil)
    #expect(FilePath(tools.codeGenerator).isAbsolute && FilePath(tools.assembler).isAbsolute)
  }

  @Test func `what cannot be translated names the module`() async throws {
    let failure = try await compile(Self.sample + "define void @f(...) {\n", llc: "true")
    #expect(failure?.code == .notForXtensa)
    #expect(
      failure?.message.hasPrefix("the Swift module Sample for Xtensa's esp32: the function 'f'")
        == true, "\(failure?.message ?? "")")
  }
}
