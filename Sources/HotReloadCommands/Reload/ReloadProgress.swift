import HotReloadBuild

/// Says on a terminal what a build or a reload is doing.
struct ReloadProgress: Sendable {
  let terminal: Terminal
  /// One line an event, also where lines cannot be replaced.
  let isVerbose: Bool

  func show(_ event: ReloadCycle.Event) {
    switch event {
    case .building(let event): show(event)
    case .uploading(let module, let sent, let total, let size):
      terminal.progress("uploading \(module): \(sent) of \(total) bytes")
      if isVerbose, sent == total {
        terminal.note("uploaded \(module): \(ReloadReport.amount(total, of: size))")
      }
    case .noRoom(let module, let reason):
      terminal.note("\(module) goes to flash right away: \(reason)")
    case .waiting(let module): show("waiting for the application to switch to \(module)")
    case .onTrial(let module): show("waiting for the device to trust \(module)")
    }
  }

  func show(_ event: BuildEvent) {
    switch event {
    case .compiling(let source, _): show("compiling \(source)")
    case .linking(let module): show("linking \(module)")
    case .packing(let module): show("packing \(module)")
    }
  }

  private func show(_ text: String) {
    if isVerbose { terminal.note(text) } else { terminal.progress(text) }
  }
}
