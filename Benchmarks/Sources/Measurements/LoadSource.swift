/// A `LoadShape` in assembly, for linkers: what `LoadImage` makes without one.
package enum LoadSource {
  /// RISC-V, with the functions of Benchmarks/Firmware/modules/short.c.
  package static func riscv(_ shape: LoadShape) -> String {
    let dataSize = max(shape.bytes / 2, shape.fixups * LoadShape.bytesPerFixup + 64) & ~15
    let codeSize = (shape.bytes - dataSize) & ~15
    var text = ".option norvc\n.text\n"
    for index in 0..<64 {
      let name = "s\(String(index, radix: 8).count < 2 ? "0" : "")\(String(index, radix: 8))"
      text += ".globl \(name)\n.type \(name), @function\n\(name): ret\n"
    }
    text += ".fill \(codeSize / 4 - 64), 4, 0x13\n.data\nbase:\n"
    var offset = 0
    for index in 0..<shape.fixups {
      // 4, 8 and 12 bytes on, as often each.
      let gap = 1 + index % 3
      text += ".word base + \(index % 256)\n"
      if gap > 1 { text += ".fill \(gap - 1), 4, 0x12345679\n" }
      offset += 4 * gap
    }
    return text + ".fill \((dataSize - offset) / 4), 4, 0x12345679\n"
  }
}
