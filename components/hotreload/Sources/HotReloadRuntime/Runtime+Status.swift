import HotReloadLoader
import HotReloadPort
import HotReloadServer

extension Runtime {
  func status(of server: borrowing RunningServer) -> DeviceStatus {
    DeviceStatus(
      chip: Chip.withID(firmware.chip)?.name ?? "unknown",
      uptime: system.now() / 1000,
      bootID: server.bootID,
      firmware: firmware.buildID,
      firmwareVersion: firmware.withVersion { ShortText($0) },
      authentication: server.state.configuration.authentication,
      isPending: isUpdateAvailable,
      reloads: reloadCount,
      lastError: lastFailure.map { ModuleFailure(module: $0.module, refusal: $0.error.refusal) })
  }

  func moduleStatus(of server: borrowing RunningServer) -> ModuleStatus {
    ModuleStatus(
      partition: running?.label ?? server.label,
      loaded: running.map { module in
        LoadedModule(
          id: module.id, sequence: module.sequence, size: module.imageSize, slot: module.slot,
          address: module.block.dataAddress, executableAddress: module.block.executableAddress,
          memory: module.block.size, loadTime: module.loadMicroseconds,
          swapTime: module.swapMicroseconds)
      })
  }
}
