import HotReloadBuild
import SystemPackage

/// What `build --json` prints.
struct BuildSummary: Encodable {
  struct Module: Encodable {
    var name: String
    var partition: String
    var id: String
    var sequence: UInt64
    var size: Int
    var image: String
    var partitionImage: String
    var sharedObject: String
    var exports: [String]
    var kept: [KeptVariable]
    var changed: Bool

    enum CodingKeys: String, CodingKey {
      case name, partition, id, sequence, size, image, exports, kept, changed
      case partitionImage = "partition_image"
      case sharedObject = "shared_object"
    }
  }

  /// A variable whose value outlives a reload.
  struct KeptVariable: Encodable {
    var name: String
    /// Bytes.
    var size: UInt32
    /// `0x` and eight digits.
    var layout: String
  }

  var modules: [Module]
  var warnings: [String]
  var timings: [String: Double]

  init(_ report: BuildReport) {
    modules = report.modules.map { module in
      Module(
        name: module.name, partition: module.partition, id: HexText.encode(module.id),
        sequence: module.sequence, size: module.size, image: module.image.string,
        partitionImage: module.partitionImage.string, sharedObject: module.sharedObject.string,
        exports: module.exports,
        kept: module.kept.map { variable in
          KeptVariable(
            name: variable.name, size: variable.size, layout: HexText.address(variable.layout))
        }, changed: module.changed)
    }
    warnings = report.warnings
    var timings = Timings()
    timings.add(report)
    timings.total = report.duration
    self.timings = timings.json
  }
}
