import Foundation

/// The files in Tests/Fixtures/ELF; Tests/Fixtures/build.sh says how each was made.
package enum Fixture {
  package static func bytes(_ name: String, from file: String = #filePath) throws -> [UInt8] {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/ELF/\(name)")))
  }

  package static let all = [
    "plain.so", "symbolic.so", "relr.so", "bus.so", "weak.so", "strong.so", "thread.so",
    "trivial.so", "emitted.so", "executable.elf", "module.o",
  ]
}
