import SystemPackage
import Testing

@testable import HotReloadBuild

struct RuntimeABITests {
  @Test(arguments: [
    ("rv32imc-ilp32", "rv32imc", "ilp32"), ("rv32imafc-ilp32f", "rv32imafc", "ilp32f"),
    ("rv32imac_zicsr_zifencei-ilp32", "rv32imac_zicsr_zifencei", "ilp32"),
    ("rv32gc-ilp32d", "rv32gc", "ilp32d"),
  ])
  func `an ABI is an architecture and a calling convention`(
    text: String, architecture: String, callingConvention: String
  ) throws {
    let abi = try RuntimeABI(text)
    #expect(
      abi.instructionSet
        == .riscv(architecture: architecture, callingConvention: callingConvention))
    #expect("\(abi)" == text)
    let own = ["-march=\(architecture)", "-mabi=\(callingConvention)", "HOTRELOAD_RISCV"]
    #expect(Set(own).isSubset(of: abi.options))
    #expect(abi.backEnd(llvm: nil) == nil)
  }

  @Test(arguments: XtensaCore.allCases)
  func `an ABI of Xtensa is a core, and nothing of RISC-V's goes to the compiler`(
    core: XtensaCore
  ) throws {
    let abi = try RuntimeABI("xtensa-\(core.rawValue)")
    #expect(abi.instructionSet == .xtensa(core))
    #expect("\(abi)" == "xtensa-\(core.rawValue)")
    #expect(abi.options.contains("HOTRELOAD_XTENSA"))
    #expect(abi.backEnd(llvm: "/llvm/bin") == XtensaBackEnd(core: core, llvm: "/llvm/bin"))
    for option in ["-msave-restore", "-enable-machine-outliner=always", "HOTRELOAD_RISCV"] {
      #expect(!abi.options.contains(option), "\(option)")
    }
  }

  @Test(arguments: [
    "", "-", "rv32imc", "rv32imc-", "rv32imc-ilp32e", "rv32imc-lp64", "rv64imac-lp64", "-ilp32",
    "rv32imc -ilp32", "rv32imc;x-ilp32", "xtensa-windowed", "xtensa-", "xtensa", "xtensa-ESP32",
    "../rv32i-ilp32",
  ])
  func `what the runtime cannot be compiled for is refused`(text: String) {
    let failure = #expect(throws: BuildFailure.self) { try RuntimeABI(text) }
    #expect(failure?.code == .unknownABI)
    #expect(failure?.hint?.contains("rv32imc-ilp32 or rv32imafc-ilp32f") == true)
    #expect(failure?.hint?.contains("xtensa-esp32s2 or xtensa-esp32s3") == true)
  }

  @Test func `a module is compiled after those that it imports`() throws {
    var done: Set<String> = []
    for stage in RuntimeModule.stages {
      for module in stage { #expect(done.isSuperset(of: module.imports), "\(module.name)") }
      done.formUnion(stage.map(\.name))
    }
    #expect(done == Set(RuntimeModule.all.map(\.name)))
    #expect(RuntimeModule.stages.last == RuntimeModule.all.suffix(1))
  }

  @Test func `what sources import is what the list says`() throws {
    let folder = Toolchain.root.pushing("components/hotreload/Sources")
    var reachable: [String: Set<String>] = [:]
    for module in RuntimeModule.stages.joined() {
      let allowed = module.imports.reduce(into: Set(module.imports)) {
        $0.formUnion(reachable[$1] ?? [])
      }
      reachable[module.name] = allowed
      for source in try module.sources(in: folder) {
        let text = String(decoding: try FileContents.read(source), as: UTF8.self)
        for match in text.matches(of: /(?m)^import (HotReload\w+)/) {
          #expect(allowed.contains(String(match.1)), "\(source) imports \(match.1)")
        }
      }
    }
  }

  @Test func `a component without sources is named`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: BuildFailure.self) {
      try RuntimeModule.all[0].sources(in: folder.path)
    }
    #expect(failure?.code == .runtimeMissing)
    #expect(failure?.message.contains("\(folder.path)/HotReloadPort") == true)
  }

  @Test(arguments: [
    ("Swift version 6.3.1 (swift-6.3.1-RELEASE)", true), ("Apple Swift version 6.3", true),
    ("Swift version 7.0-dev", true), ("Swift version 6.2.4 (swift-6.2.4-RELEASE)", false),
    ("Swift version 5.10.1", false), ("a compiler from tomorrow", true),
  ])
  func `a compiler that is too old is known by its version`(introduction: String, isNewEnough: Bool)
  {
    #expect(SwiftToolchain.isNewEnough(introduction) == isNewEnough)
  }
}
