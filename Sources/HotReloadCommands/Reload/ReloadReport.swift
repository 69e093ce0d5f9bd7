import HotReloadClient

/// What one reload did.
struct ReloadReport: Equatable, Sendable {
  struct Module: Equatable, Sendable {
    enum Outcome: String, Sendable, Encodable {
      /// The device ran this very module before.
      case unchanged
      /// The device runs it now.
      case switched
      /// The device has it, but was not seen running it.
      case stored
      /// The device refused it, at the upload or when it was loaded.
      case refused
      /// The device ran it, and has gone back to the one before it.
      case rolledBack = "rolled_back"
      /// Not sent, because something went wrong before.
      case notSent = "not_sent"
      /// Not sent, because the device refused this very image before.
      case withheld
    }

    var name: String
    var partition: String
    var id: String
    /// Bytes of the image.
    var size: Int
    /// Bytes that were sent of it, or for it.
    var sent = 0
    var outcome: Outcome
    /// Where the device keeps it until it is loaded; nil if it was not sent.
    var stage: UploadOptions.Stage?
    /// Whether the device may still go back to the one before it.
    var isOnTrial = false
    var timings = Timings()
  }

  var device: String
  /// In the order of the build plan.
  var modules: [Module] = []
  var warnings: [String] = []
  var timings = Timings()

  /// `480 bytes`, or `96 of 480 bytes` where fewer were enough.
  static func amount(_ sent: Int, of size: Int) -> String {
    sent == size ? "\(size) bytes" : "\(sent) of \(size) bytes"
  }

  /// Whether the device had nothing to do.
  var isUnchanged: Bool { modules.allSatisfy { $0.outcome == .unchanged } }

  /// A successful reload for people, one line a module; of several, each with its times.
  var moduleLines: [String] {
    modules.map { module in
      let name = "\(module.name) \(HexText.short(module.id))"
      guard module.outcome == .switched else { return "\(name) \(module.outcome.rawValue)" }
      let line = "\(name) runs (\(Self.amount(module.sent, of: module.size)) sent)"
      return modules.count == 1 ? line : "\(line), \(module.timings.line)"
    }
  }
}

extension ReloadReport.Module: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name, partition, id, size, sent, outcome, stage, timings
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(partition, forKey: .partition)
    try container.encode(id, forKey: .id)
    try container.encode(size, forKey: .size)
    try container.encode(sent, forKey: .sent)
    try container.encode(outcome, forKey: .outcome)
    try container.encodeIfPresent(stage?.name, forKey: .stage)
    try container.encode(timings.json, forKey: .timings)
  }
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
