/// What one reload did.
struct ReloadReport: Equatable, Sendable {
  struct Module: Equatable, Sendable, Encodable {
    enum Outcome: String, Sendable, Encodable {
      /// The device ran this very module before.
      case unchanged
      /// The device runs it now.
      case switched
    }

    var name: String
    var partition: String
    var id: String
    /// Bytes of the image.
    var size: Int
    var outcome: Outcome
  }

  var device: String
  var modules: [Module] = []
  var warnings: [String] = []
  var timings = Timings()

  /// Whether the device had nothing to do.
  var isUnchanged: Bool { modules.allSatisfy { $0.outcome == .unchanged } }
}

extension ReloadReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case device, modules, warnings, timings
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(device, forKey: .device)
    try container.encode(modules, forKey: .modules)
    try container.encode(warnings, forKey: .warnings)
    try container.encode(timings.json, forKey: .timings)
  }
}
