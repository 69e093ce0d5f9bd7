import SystemPackage

extension ModuleBuilder {
  /// Starts the compilers and the linker that the next build will need, as far as they can wait for it. Best effort: what is
  /// wrong, the next build says.
  public func startTools() async {
    guard let commands = try? compileCommands() else { return }
    memory.tools.start(plan.linker.command)
    for command in plan.modules.flatMap({ (try? commands.commands(of: $0)) ?? [] }) {
      switch command.language {
      case .c: memory.tools.start([command.arguments[0]], in: command.directory)
      case .swift: await startSwift(command)
      }
    }
  }

  private func startSwift(_ command: CompileCommand) async {
    let invocation = command.invocation(object: SwiftTemporaries.product(of: command))
    await memory.swiftFrontends.learn(invocation, in: command.directory)
    if let frontend = memory.swiftFrontends.command(for: invocation, in: command.directory) {
      memory.tools.start(Array(frontend.prefix(2)), in: command.directory)
    }
    guard let backEnd = command.backEnd,
      let llvm = try? await memory.llvm.tools(in: backEnd.llvm)
    else { return }
    memory.tools.start([llvm.codeGenerator])
    memory.tools.start([llvm.assembler])
  }
}
