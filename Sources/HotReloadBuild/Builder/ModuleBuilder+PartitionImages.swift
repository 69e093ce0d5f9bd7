/// What a build makes.
public enum BuildProducts: Equatable, Sendable {
  /// Everything.
  case all
  /// What a reload sends.
  case images
}

extension ModuleBuilder {
  /// Writes what is flashed of each module, unless it is there already. It is as large as the partition, and no reload needs
  /// it: a reload leaves it for its end.
  ///
  /// What is not written here, the next build of `all` writes.
  ///
  /// - Throws: `fileSystem`; as `PartitionImage.check`; `cancelled` while another process builds.
  public func writePartitionImages() async throws(BuildFailure) {
    try await FileLock.holding(plan.output.lock) { () throws(BuildFailure) in
      for module in plan.modules {
        if let image = try FileContents.readIfPresent(plan.output.module(module.name).image) {
          try writePartitionImage(of: image, module)
        }
      }
    }
  }

  func writePartitionImage(
    of image: [UInt8], _ module: BuildPlan.Module
  ) throws(BuildFailure) {
    try FileContents.writeIfChanged(
      PartitionImage.bytes(image: image, partition: module.partition),
      to: plan.output.module(module.name).partitionImage)
  }
}
