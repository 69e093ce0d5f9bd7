import HotReloadBuild
import HotReloadELF
import SystemPackage

extension Inspection {
  /// Completes what a file does not say itself from what lies around it: the linked module beside an image, and
  /// the build plan of the build folder that the file lies in.
  ///
  /// - Parameter warn: told what is there but of no use.
  mutating func complete(
    _ bytes: [UInt8], at file: FilePath, warn: (String) -> Void
  ) throws(CommandFailure) {
    if kind == .executable { readFirmware(bytes) }
    if kind == .module { try findTwin(of: bytes, at: file, warn) }
    guard kind == .module || kind == .sharedObject, let path = Self.plan(above: file) else {
      return
    }
    do throws(BuildFailure) {
      let plan = try BuildPlan(contentsOf: path)
      addPartition(of: file, plan)
      let firmware = FilePath(plan.firmware.path)
      guard self.firmware == nil, InputFile.exists(firmware) else { return }
      let image = try FirmwareImage(
        FileContents.read(firmware), path: firmware.string,
        identity: plan.firmware.identity ?? .buildID)
      do throws(CommandFailure) { try compare(with: image, path: firmware.string) } catch {
        warn("\(firmware): \(error.message)")
      }
    } catch {
      warn(error.message)
    }
  }

  /// The identity and the symbol tables of a firmware. Other executables have none.
  private mutating func readFirmware(_ bytes: [UInt8]) {
    do throws(BuildFailure) {
      let image = try FirmwareImage(bytes, path: path, identity: nil)
      // Every executable has a hash.
      if image.identity != .buildID {
        guard try image.isPrepared else { return }
      }
      do throws(CommandFailure) { try compare(with: image, path: path) } catch {
        damage.append("symbol tables: \(error.message)")
      }
    } catch {
      damage.append("build-ID: \(error.message)")
    }
  }

  private mutating func findTwin(
    of bytes: [UInt8], at file: FilePath, _ warn: (String) -> Void
  ) throws(CommandFailure) {
    var path = file
    path.extension = "so"
    guard path != file, let twin = try InputFile.readIfPresent(path) else { return }
    do throws(ELFError) {
      if try !takeNames(from: twin, path: path.string, for: bytes) {
        warn("\(path) is another module than the one that was packed: no names from there")
      }
    } catch {
      warn("\(path): \(DeviceErrorText.describe(error))")
    }
  }

  private static func plan(above file: FilePath) -> FilePath? {
    var folder = file
    while folder.removeLastComponent() {
      let path = folder.appending(BuildPlan.fileName)
      if InputFile.exists(path) { return path }
    }
    return nil
  }

  /// What the partition costs that the plan has for this image.
  private mutating func addPartition(of file: FilePath, _ plan: BuildPlan) {
    guard let cost,
      let module = plan.modules.first(where: { plan.output.module($0.name).image == file })
    else { return }
    let unit = Int(module.partition.eraseSize)
    self.cost?.erased = (cost.flash + unit - 1) / unit * unit
    self.cost?.slot = Int(module.partition.size) / 2 / unit * unit
  }
}
