import HotReloadBuild
import HotReloadClient
import SystemPackage

/// Looks at everything that a reload needs.
struct Examination: Sendable {
  let settings: Settings
  let context: Context

  /// A program that some part of the work needs.
  private struct Need {
    var name: String
    var purpose: String
    var hint: String
    var isRequired: Bool
  }

  private static let needs = [
    Need(
      name: "swift", purpose: "builds this tool and the runtime",
      hint: "https://swift.org/install, 6.3 or newer", isRequired: true),
    Need(
      name: "clang", purpose: "compiles firmware and modules of the virtual board",
      hint: "comes with Swift: put its usr/bin into PATH", isRequired: false),
    Need(
      name: "ld.lld", purpose: "links modules",
      hint: "comes with Swift: put its usr/bin into PATH", isRequired: false),
    Need(
      name: "qemu-system-riscv32", purpose: "is the virtual RISC-V device",
      hint: "sudo apt-get install qemu-system-misc", isRequired: false),
    Need(
      name: "qemu-system-xtensa", purpose: "is the virtual Xtensa device",
      hint: "sudo apt-get install qemu-system-misc", isRequired: false),
    Need(
      name: "cmake", purpose: "builds firmware", hint: "sudo apt-get install cmake",
      isRequired: true),
    Need(
      name: "ninja", purpose: "builds firmware", hint: "sudo apt-get install ninja-build",
      isRequired: true),
  ]

  /// Every check, in the order of the work.
  func run() async -> [Check] {
    var checks: [Check] = []
    for need in Self.needs { checks.append(await check(need)) }
    do throws(CommandFailure) {
      guard let path = settings.planPath(), let plan = try settings.planIfPresent() else {
        checks.append(
          Check(
            name: "build plan", state: .note, detail: "none here or above",
            hint: "build a firmware that has modules"))
        return checks + [await device(nil)]
      }
      checks.append(
        Check(
          name: "build plan", state: .ok, detail: "\(path.value) (\(path.origin))", hint: nil))
      checks += project(plan.value)
      if let check = await llvm(plan.value) { checks.append(check) }
      checks.append(await device(plan.value))
    } catch {
      checks.append(
        Check(name: "build plan", state: .missing, detail: error.message, hint: error.hint))
      checks.append(await device(nil))
    }
    return checks
  }

  private func check(_ need: Need) async -> Check {
    let name = need.name
    guard let path = Program.find(name, in: context) else {
      return Check(
        name: name, state: need.isRequired ? .missing : .note,
        detail: "not found; \(need.purpose)", hint: need.hint)
    }
    guard let version = await ProgramVersion.ask(path) else {
      return Check(
        name: name, state: .missing, detail: "\(path) does not run", hint: need.hint)
    }
    return Check(name: name, state: .ok, detail: "\(version) (\(path))", hint: nil)
  }

  private func project(_ plan: BuildPlan) -> [Check] {
    var checks: [Check] = []
    let firmware = FilePath(plan.firmware.path)
    checks.append(
      InputFile.exists(firmware)
        ? Check(name: "firmware", state: .ok, detail: firmware.string, hint: nil)
        : Check(
          name: "firmware", state: .missing, detail: "\(firmware) is not there",
          hint: plan.rebuildCommandLine))
    checks.append(
      Program.find(plan.linker.path, in: context) != nil
        ? Check(name: "linker", state: .ok, detail: plan.linker.path, hint: nil)
        : Check(
          name: "linker", state: .missing, detail: "\(plan.linker.path) is not there",
          hint: "configure the firmware with CMake again"))
    checks.append(key(settings.keyFile(plan).value))
    return checks
  }

  /// The key must be there, whole, and nobody else's business.
  private func key(_ path: FilePath) -> Check {
    guard let status = try? path.stat() else {
      return Check(
        name: "key file", state: .missing, detail: "\(path) is not there",
        hint: "build the firmware: it makes one")
    }
    guard status.size == Int64(UploadKey.byteCount) else {
      return Check(
        name: "key file", state: .missing,
        detail: "\(path) has \(status.size) bytes, not \(UploadKey.byteCount)",
        hint: "remove it, rebuild the firmware and flash it")
    }
    let others: FilePermissions = [.groupReadWriteExecute, .otherReadWriteExecute]
    guard status.permissions.isDisjoint(with: others) else {
      return Check(
        name: "key file", state: .missing, detail: "others can read \(path)",
        hint: "chmod 600 \(path)")
    }
    return Check(name: "key file", state: .ok, detail: path.string, hint: nil)
  }

  private func device(_ plan: BuildPlan?) async -> Check {
    let url: Setting<DeviceURL>
    do throws(CommandFailure) {
      url = try settings.url(plan)
    } catch {
      return Check(name: "device", state: .note, detail: error.message, hint: error.hint)
    }
    let client = DeviceClient(
      url: url.value, timeouts: Timeouts(connect: .seconds(3), reply: .seconds(3)))
    do throws(ClientError) {
      let status = try await client.status()
      await client.close()
      return Check(
        name: "device", state: .ok,
        detail:
          "\(url.value) is a \(status.chip), up \(StatusText.uptime(status.uptimeMilliseconds))",
        hint: nil)
    } catch {
      await client.close()
      let failure = CommandFailure(error)
      return Check(
        name: "device", state: .missing, detail: "\(failure.message) (\(url.origin))",
        hint: failure.hint)
    }
  }
}
