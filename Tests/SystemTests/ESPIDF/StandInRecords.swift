import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFProject {
  /// One call of a build function: keywords and their values.
  typealias Call = [String: [String]]

  /// The calls that the stand-in recorded in a file of `<build>/standin`.
  func calls(in file: String) throws -> [Call] {
    try built(file: "standin/\(file)").split(separator: "\n").map {
      try JSONDecoder().decode(Call.self, from: Data($0.utf8))
    }
  }

  /// How a component was registered with ESP-IDF.
  func registration(of component: String) throws -> Call? {
    try calls(in: "register.jsonl").first { $0["component"] == [component] }
  }

  /// What a flash target writes: lines `offset file`.
  func images(of target: String) throws -> [String] {
    try built(file: "\(target)_args").split(separator: "\n").dropFirst().map { String($0) }
  }
}
