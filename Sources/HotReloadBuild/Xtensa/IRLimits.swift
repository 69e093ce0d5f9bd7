/// What Swift's code for RISC-V may hold, and code for Xtensa may not: there it would be wrong without a word.
enum IRLimits {
  /// - Throws: `notForXtensa` naming the function, what it has, and what to do instead.
  static func check(_ ir: [UInt8]) throws(BuildFailure) {
    var function: TextSlice?
    for line in TextLines(ir) {
      if line.begins(with: "define ") {
        function = IRScanner.firstName(in: line)
        try checkSignature(line, isDefinition: true)
      } else if line.begins(with: "declare ") {
        try checkSignature(line, isDefinition: false)
      } else if line.begins(with: "module asm ") {
        throw failure("has assembly for RISC-V", hint: assemblyHint)
      } else if let position = line.position(of: " asm ") {
        try checkAssembly(line[position...], in: function)
      } else if let position = line.position(of: "%indirect-temporary") {
        try checkIndirect(line[..<position])
      }
    }
  }

  /// RISC-V passes structures of more than 8 bytes by address. In the declaration that looks like any pointer; where it
  /// is called, swiftc calls the copy so.
  private static func checkIndirect(_ call: TextSlice) throws(BuildFailure) {
    guard call.position(of: "call ") != nil, let name = IRScanner.firstName(in: call),
      isKnownToC(name, call, false)
    else { return }
    throw structure(name)
  }

  /// - Parameters:
  ///   - what: goes on behind the name of the function.
  ///   - hint: what to do instead.
  static func failure(
    _ what: String, in function: TextSlice? = nil, hint: String? = nil
  ) -> BuildFailure {
    let subject = function.map { "the function '\($0.text)'" } ?? "the code"
    return BuildFailure(
      .buildFailed, .notForXtensa, "\(subject) \(what)",
      hint: hint ?? "take a version of Swift and LLVM that docs/XTENSA.md names")
  }

  private static let assemblyHint = "write it in C: the chip's own compiler knows its instructions"

  private static func checkSignature(
    _ line: TextSlice, isDefinition: Bool
  ) throws(BuildFailure) {
    guard let name = IRScanner.firstName(in: line) else { return }
    if name.begins(with: "llvm.riscv.") {
      throw failure("is one of RISC-V's own instructions", in: name, hint: assemblyHint)
    }
    var signature: [UInt8] = []
    var scanner = IRScanner(line)
    while let token = scanner.next() {
      if case .other(let bytes) = token { signature += bytes }
    }
    if isDefinition, signature[...].position(of: "...") != nil {
      throw failure(
        "takes a variable number of arguments: LLVM's code for Xtensa finds the wrong ones",
        in: name, hint: "define it in a source file in C: it may be called from Swift's")
    }
    guard isKnownToC(name, signature[...], isDefinition), !CBoundary.isTheSame(line, name) else {
      return
    }
    throw structure(name)
  }

  private static func structure(_ name: TextSlice) -> BuildFailure {
    failure(
      "takes or returns a structure by value that C for Xtensa passes in another way", in: name,
      hint: "pass a pointer to it")
  }

  /// Intrinsics are no functions, and Swift's own, whose names begin with `$`, are called by Swift only.
  private static func isKnownToC(
    _ name: TextSlice, _ signature: TextSlice, _ isDefinition: Bool
  ) -> Bool {
    if name.first == UInt8(ascii: "$") || name.begins(with: "llvm.") { return false }
    return !isDefinition
      || !(signature.begins(with: "define internal ") || signature.begins(with: "define private "))
  }

  /// `text` begins with the word `asm`. Two templates are Swift's own: an empty one keeps two traps from becoming one,
  /// `nop`, which both processors know, is something that a debugger may stop at.
  private static func checkAssembly(
    _ text: TextSlice, in function: TextSlice?
  ) throws(BuildFailure) {
    var scanner = IRScanner(text)
    while let token = scanner.next() {
      guard case .string(let template) = token else { continue }
      if template.count == 2 || template.elementsEqual("\"nop\"".utf8) { return }
      break
    }
    throw failure("has assembly for RISC-V", in: function, hint: assemblyHint)
  }
}
