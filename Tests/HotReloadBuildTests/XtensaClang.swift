import SystemPackage

@testable import HotReloadBuild

/// C and C++ for ESP32 by LLVM 22: clang, llc and llvm-mc, with literals where `LiteralPools` puts them.
struct XtensaClang {
  let folder: FilePath
  /// Such as `-Os`.
  let level: String

  /// The object file made from a source.
  func compile(_ source: FilePath) async throws -> FilePath {
    let name = "\(source.stem ?? "")\(level)"
    let ir = folder.appending("\(name).ll")
    let assembly = folder.appending("\(name).s")
    let object = folder.appending("\(name).o")
    let tools = try await LLVMTools.find(in: nil)
    let isCPlusPlus = source.extension == "cpp"
    try await Toolchain.run(
      ["clang-22", "--target=xtensa", "-ffreestanding", "-fno-pic", level, "-w"]
        + ["-I\(Toolchain.include)", "-S", "-emit-llvm"]
        + (isCPlusPlus
          ? ["-std=c++20", "-fno-threadsafe-statics", "-fno-exceptions", "-fno-rtti"] : [])
        + [source.string, "-o", ir.string])
    try await Toolchain.run(
      [tools.codeGenerator] + XtensaCore.esp32.options + [
        "-mtriple=xtensa", "-O2", "-relocation-model=static", "-function-sections",
        "-data-sections", "-asm-verbose=false", ir.string, "-o", assembly.string,
      ])
    try FileContents.write(LiteralPools.placed(FileContents.read(assembly)), to: assembly)
    try await Toolchain.run(
      [tools.assembler] + XtensaCore.esp32.options + [
        "-triple=xtensa", "-filetype=obj", assembly.string, "-o", object.string,
      ])
    return object
  }
}
