import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The images of one module that were built last: what a device has may be among them, and then the next one is sent as the
/// difference to it. Nobody needs them: what is not there, or cannot be kept, is sent whole.
public struct ImageHistory: Sendable {
  /// How many are kept.
  static let limit = 8

  private let module: OutputFolder.ModuleFolder

  /// The images of the module in this folder.
  public init(_ module: OutputFolder.ModuleFolder) { self.module = module }

  /// Keeps an image that is about to be replaced by another one.
  ///
  /// - Parameter sequence: when it was packed: no two images of a module have the same one.
  func keep(_ image: [UInt8], sequence: UInt64) {
    // Best effort, as said above: a full disk is no reason not to reload.
    do throws(BuildFailure) {
      try FileContents.write(image, to: path(sequence))
    } catch {
      return
    }
    for old in sequences().sorted().dropLast(Self.limit) { FileContents.remove(path(old)) }
  }

  /// The image that was packed at `sequence`, if it is kept.
  public func image(sequence: UInt64) -> [UInt8]? {
    do throws(BuildFailure) { return try FileContents.readIfPresent(path(sequence)) } catch {
      return nil
    }
  }

  private func path(_ sequence: UInt64) -> FilePath { module.images.appending("\(sequence).elf") }

  private func sequences() -> [UInt64] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: module.images.string)) ?? []
    return names.compactMap { $0.hasSuffix(".elf") ? UInt64($0.dropLast(4)) : nil }
  }
}
