import SystemPackage

/// What a `ModuleBuilder` did.
public struct BuildReport: Sendable {
  /// What was done, in order, with the time that each step took. A step with nothing to do is absent.
  public var steps: [BuildStep] = []
  /// The modules of the plan; empty after `prepare`.
  public var modules: [BuiltModule] = []
  /// Warnings of compilers, the linker, and our own, in full.
  public var warnings: [String] = []
  /// Whether everything is written; else `ModuleBuilder.writePartitionImages` has to follow.
  public var isComplete = true

  /// How long the steps took in all.
  public var duration: Duration { steps.reduce(.zero) { $0 + $1.duration } }

  /// Creates a report of nothing.
  public init() {}
}

/// One step of a build.
public struct BuildStep: Equatable, Sendable {
  /// What was done.
  public enum Kind: String, Equatable, Sendable {
    case compile
    case link
    case pack
  }
  /// What was done.
  public var kind: Kind
  /// Name of the module.
  public var module: String
  /// Wall time.
  public var duration: Duration

  /// Creates the record of a step.
  public init(_ kind: Kind, module: String, duration: Duration) {
    self.kind = kind
    self.module = module
    self.duration = duration
  }
}

/// What a `ModuleBuilder` is about to do, for progress on a terminal.
public enum BuildEvent: Equatable, Sendable {
  case compiling(source: String, module: String)
  case linking(module: String)
  case packing(module: String)
}

/// One finished module.
public struct BuiltModule: Equatable, Sendable {
  /// Its name in the plan.
  public var name: String
  /// Label of its partition.
  public var partition: String
  /// The image that is sent to the device.
  public var image: FilePath
  /// What is flashed.
  public var partitionImage: FilePath
  /// The unstripped shared object, for debuggers.
  public var sharedObject: FilePath
  /// Module build-ID: 32 bytes.
  public var id: [UInt8]
  /// Milliseconds since 1970 when it was packed.
  public var sequence: UInt64
  /// Bytes of the image.
  public var size: Int
  /// Names of the exports, sorted by byte value.
  public var exports: [String]
  /// What a reload carries over, in the order of the addresses.
  public var kept: [KeptVariable]
  /// Whether this build made another image than the one before it.
  public var changed: Bool

  /// Creates the description of a finished module.
  public init(
    name: String, partition: String, image: FilePath, partitionImage: FilePath,
    sharedObject: FilePath, id: [UInt8], sequence: UInt64, size: Int, exports: [String],
    kept: [KeptVariable] = [], changed: Bool
  ) {
    self.name = name
    self.partition = partition
    self.image = image
    self.partitionImage = partitionImage
    self.sharedObject = sharedObject
    self.id = id
    self.sequence = sequence
    self.size = size
    self.exports = exports
    self.kept = kept
    self.changed = changed
  }
}
