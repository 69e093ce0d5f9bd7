/// Says in LLVM's intermediate code that it is for Xtensa. Swift wrote it for 32-bit RISC-V, where integers, pointers
/// and structures look the same in memory.
enum IRTarget {
  /// What Swift writes for riscv32: little-endian, ELF names, pointers of 32 bits, 64-bit integers 8-aligned.
  private static let layout: StaticString =
    #"target datalayout = "e-m:e-p:32:32-i64:64-n32-S128""#
  /// LLVM 22, `XtensaTargetMachine.cpp`.
  private static let xtensaLayout = Array(
    #"target datalayout = "e-m:e-p:32:32-i8:8:32-i16:16:32-i64:64-n32""#.utf8)
  private static let xtensaTriple = Array(#"target triple = "xtensa""#.utf8)

  /// Attributes of functions that name RISC-V's processors and extensions.
  private static let processorAttributes: [StaticString] = [
    #" "target-cpu"=""#, #" "target-features"=""#, #" "tune-cpu"=""#,
  ]

  /// The code with Xtensa's triple and data layout, and without the names of RISC-V's extensions.
  ///
  /// - Throws: `notForXtensa` for code whose data is laid out in a way that is not known to be Xtensa's.
  static func retargeted(_ ir: [UInt8]) throws(BuildFailure) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(ir.count)
    var layouts = 0
    var triples = 0
    for line in TextLines(ir) {
      if line.begins(with: "target datalayout = ") {
        guard line.begins(with: layout), line.count == layout.utf8CodeUnitCount else {
          throw IRLimits.failure("has an unknown layout of data, \(line.text)")
        }
        layouts += 1
        result += xtensaLayout
      } else if line.begins(with: "target triple = ") {
        triples += 1
        result += xtensaTriple
      } else if line.begins(with: "attributes #") {
        result += withoutProcessor(line)
      } else {
        result += line
      }
      result.append(UInt8(ascii: "\n"))
    }
    guard layouts == 1, triples == 1 else {
      throw IRLimits.failure("names \(layouts) data layouts and \(triples) targets, not one each")
    }
    return result
  }

  private static func withoutProcessor(_ line: TextSlice) -> TextSlice {
    var line = line
    for attribute in processorAttributes {
      while let start = line.position(of: attribute) {
        let value = line[(start + attribute.utf8CodeUnitCount)...]
        guard let end = value.position(of: UInt8(ascii: "\"")) else { break }
        line.removeSubrange(start...end)
      }
    }
    return line
  }
}
