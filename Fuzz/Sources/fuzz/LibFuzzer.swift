// What libFuzzer calls (compiler-rt, `FuzzerInterface.h`).

import Foundation

/// The target of this process. libFuzzer calls from one thread.
nonisolated(unsafe) private var chosen = FuzzTarget.elf

/// Reads `--target=NAME`; libFuzzer leaves arguments with two dashes alone and hands them to its own processes.
@c(LLVMFuzzerInitialize)
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  let option = "--target="
  let names = CommandLine.arguments.filter { $0.hasPrefix(option) }.map {
    $0.dropFirst(option.count)
  }
  guard names.count == 1, let target = FuzzTarget(rawValue: String(names[0])) else {
    let targets = FuzzTarget.allCases.map { $0.rawValue }.joined(separator: ", ")
    FileHandle.standardError.write(Data("error: say one of --target=\(targets)\n".utf8))
    exit(64)
  }
  unsafe chosen = target
  return 0
}

/// Runs one input. What is wrong stops the process: libFuzzer then writes the input to a file.
@c(LLVMFuzzerTestOneInput)
public func runOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  // Safety: libFuzzer lends this many bytes until the function returns.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  unsafe chosen.run(bytes)
  return 0
}
