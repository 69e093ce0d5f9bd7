/// What the firmware of Benchmarks/Firmware says.
package struct Counts: Sendable {
  /// One load.
  package struct Load: Equatable, Sendable {
    /// Instructions.
    package var instructions: Int
    /// Bytes of RAM that the module has.
    package var memory: Int
    /// Bytes of flash that were erased, and written; 0 for what came from RAM.
    package var erased: Int
    package var written: Int
  }

  /// In the order of the images.
  package var loads: [Load] = []
  /// Instructions that a call through a stub takes more than a call of the firmware; nil: not counted.
  package var stub: Double?

  /// Reads its console; nil unless it loaded everything.
  package init?(console: String) {
    for line in console.split(whereSeparator: \.isNewline) {
      if let match = line.wholeMatch(
        of:
          /load (\d+): error ([0-9a-f]+), (\d+) instructions, (\d+) bytes, (\d+) erased, (\d+) written/
      ) {
        guard match.2 == "0", Int(match.1) == loads.count, let instructions = Int(match.3),
          let memory = Int(match.4), let erased = Int(match.5), let written = Int(match.6)
        else { return nil }
        loads.append(
          Load(
            instructions: instructions, memory: memory, erased: erased, written: written))
      } else if let match = line.wholeMatch(
        of: /(\d+) calls: (\d+) instructions, through a stub (\d+)/)
      {
        guard let calls = Double(match.1), let direct = Double(match.2),
          let indirect = Double(match.3)
        else { return nil }
        stub = (indirect - direct) / calls
      }
    }
  }
}
