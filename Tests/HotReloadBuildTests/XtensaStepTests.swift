import SystemPackage
import Testing

@testable import HotReloadBuild

/// The steps from Swift's code for RISC-V to code for Xtensa, each by itself: Tests/Fixtures/Xtensa has what goes in, and
/// what comes out.
struct XtensaStepTests {
  /// The name of the fixture, and what the step does to it.
  struct Step: Sendable, CustomTestStringConvertible {
    let file: String
    let expected: String
    let run: @Sendable ([UInt8]) throws(BuildFailure) -> [UInt8]

    init(
      _ name: String, _ type: String,
      _ run: @escaping @Sendable ([UInt8]) throws(BuildFailure) -> [UInt8]
    ) {
      file = "\(name).\(type)"
      expected = "\(name).expected.\(type)"
      self.run = run
    }

    var testDescription: String { file }
  }

  static let steps = [
    Step("target", "ll", IRTarget.retargeted), Step("names", "ll", IRNames.plain),
    Step("traps", "ll", IRTraps.inlined), Step("calls", "s", DirectCalls.made),
    Step("fields", "s", FieldExtraction.chosen), Step("narrow", "s", NarrowInstructions.chosen),
    Step("branches", "s", ShortBranches.chosen), Step("pools", "s", LiteralPools.placed),
    Step("frames", "s", CallFrameRegisters.numbered),
  ]

  private static func fixture(_ name: String) throws -> [UInt8] {
    try FileContents.read(Toolchain.root.pushing("Tests/Fixtures/Xtensa").appending(name))
  }

  @Test(arguments: steps)
  func `what comes out is the golden text`(step: Step) throws {
    let output = try step.run(Self.fixture(step.file))
    #expect(output[...].text == (try Self.fixture(step.expected))[...].text, "\(step.file)")
  }

  @Test(arguments: steps)
  func `what has been through a step goes through it unchanged`(step: Step) throws {
    let output = try Self.fixture(step.expected)
    // Another triple is an error, and not done twice.
    guard step.file != "target.ll" else { return }
    #expect(try step.run(output)[...].text == output[...].text, "\(step.file)")
  }

  /// Code that would become something else without a word.
  @Test(arguments: [
    (
      "define i32 @log_line(ptr %0, ...) {", "'log_line' takes a variable number of arguments",
      "in C"
    ),
    (
      "define void @lamp() {\n  call void asm sideeffect \"fence\", \"\"()",
      "'lamp' has assembly for RISC-V", "in C"
    ),
    ("module asm \".option rvc\"", "the code has assembly for RISC-V", "in C"),
    (
      "declare i32 @llvm.riscv.orc.b.i32(i32)", "'llvm.riscv.orc.b.i32' is one of RISC-V's own",
      "in C"
    ),
    ("declare void @area([3 x i32])", "'area' takes or returns a structure", "pointer"),
    (
      "declare void @late(i32, ptr, i8, i1, i16 noundef zeroext, [2 x i32])",
      "'late' takes or returns a structure", "pointer"
    ),
    (
      "declare void @wide(i32, i64, i32, [2 x i32])", "'wide' takes or returns a structure",
      "pointer"
    ),
    ("declare [4 x i32] @four(i32)", "'four' takes or returns a structure", "pointer"),
    ("declare { i32, i32 } @pair(i32)", "'pair' takes or returns a structure", "pointer"),
    (
      "declare void @large(ptr sret(%Large) align 4, i32)", "'large' takes or returns a structure",
      "pointer"
    ),
    (
      "declare i32 @take(ptr noundef)\ndefine void @f() {\n"
        + "  %1 = call i32 @take(ptr nonnull %indirect-temporary, i32 %0) #13",
      "'take' takes or returns a structure", "pointer"
    ),
    (
      "define { i32, i32 } @exported(i32 %0) #3 {", "'exported' takes or returns a structure",
      "pointer"
    ),
  ])
  func `what LLVM would get wrong is refused`(code: String, message: String, hint: String) {
    let failure = #expect(throws: BuildFailure.self, "\(code)") {
      try IRLimits.check(Array(code.utf8))
    }
    #expect(failure?.code == .notForXtensa)
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    #expect(failure?.hint?.contains(hint) == true, "\(failure?.hint ?? "")")
  }

  @Test(arguments: [
    "define internal { i32, i32 } @own(i32 %0) {",
    "declare [2 x i32] @point(i32, [2 x i32], i64, [2 x i32])",
    "define protected range(i32 -1, 263) i32 @load(ptr readonly captures(none) %0, float %1) #0 {",
    "declare i32 @take(i32, i32, i32, i32, i32, i32, [2 x i32], double)",
    "define [2 x i32] @\"$e6module4pairyyF\"() {",
    "declare { i32, i1 } @llvm.uadd.with.overflow.i32(i32, i32)",
    "declare i32 @printf(ptr, ...)",
    "define void @f() {\n  call void asm sideeffect \"\", \"n\"(i32 0)",
    "define void @f() {\n  call void asm sideeffect \"nop\", \"\"(), !dbg !3",
    "define void @f() {\n  call void @\"$e1m1gyyF\"(ptr nonnull %indirect-temporary)",
    "define void @f() {\n  call void @llvm.lifetime.start.p0(i64 12, ptr nonnull %indirect-temporary)",
    "define void @f(i32 %0) #0 section \".text.[odd]\" {",
  ])
  func `what is the same on both processors is left alone`(code: String) throws {
    try IRLimits.check(Array(code.utf8))
  }

  @Test(arguments: [
    ("target triple = \"riscv32\"\n", "0 data layouts and 1 targets"), ("", "0 data layouts"),
    ("target datalayout = \"e-m:e-p:64:64\"\n", "unknown layout of data"),
    (
      "target datalayout = \"e-m:e-p:32:32-i64:64-n32-S128-x\"\n", "unknown layout of data"
    ),
  ])
  func `code of an unknown layout is refused`(code: String, message: String) {
    let failure = #expect(throws: BuildFailure.self, "\(code)") {
      try IRTarget.retargeted(Array(code.utf8))
    }
    #expect(failure?.code == .notForXtensa)
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test(arguments: [
    "@\"odd-name\" = global i32 0", "declare void @\"of another file\"()",
    "define void @\"for C\"() {", "@\"\\01odd-one\" = external global i32",
  ])
  func `an odd name that other files know is refused`(code: String) {
    let failure = #expect(throws: BuildFailure.self, "\(code)") {
      try IRNames.plain(Array(code.utf8))
    }
    #expect(failure?.code == .notForXtensa)
    #expect(failure?.message.contains("has the name '") == true, "\(failure?.message ?? "")")
  }

  @Test(arguments: [
    ("\t.literal .LCPI0_0, 5\n\t.section\t.rodata,\"a\",@progbits\n\t.long\t5\n", "without code, "),
    ("\t.literal .LCPI0_0, 5\n", "no code follows it"),
    ("\t.literal .LCPI0_0\n\t.text\nf:\n", "cannot be read"),
    ("\t.text\nf:\n\tl32r\ta2, .LCPI9_9\n", "not in its section, a2, .LCPI9_9"),
    (
      "\t.literal .LCPI0_0, 5\n\t.section\t.text.f,\"ax\",@progbits\nf:\n"
        + "\t.section\t.text.g,\"ax\",@progbits\ng:\n\tl32r\ta2, .LCPI0_0\n",
      "not in its section, a2, .LCPI0_0"
    ),
    ("\t.literal .LCPI0_0, 5\n\t.text\nf:\n\tl32r\tb2, .LCPI0_0\n", "into no register"),
    ("\t.literal .LCPI0_0, 5\n\t.text\nf:\n\tl32r\ta16, .LCPI0_0\n", "into no register"),
  ])
  func `constants that a function could not reach are refused`(assembly: String, message: String) {
    let failure = #expect(throws: BuildFailure.self, "\(assembly)") {
      try LiteralPools.placed(Array(assembly.utf8))
    }
    #expect(failure?.code == .notForXtensa)
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }
}
