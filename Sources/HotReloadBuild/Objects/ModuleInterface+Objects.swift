import HotReloadELF

extension ModuleInterface {
  /// What is defined by the linker and its script.
  private static let definedByLinker = Set(LinkerScriptGenerator.definedSymbols)
    .union(["_GLOBAL_OFFSET_TABLE_"])

  /// The interface of `objects` linked together.
  ///
  /// - Throws: `notPositionIndependent` or `callOutOfReach` if code expects a symbol of the firmware near by;
  ///   `unusableName` for an export with a version.
  init(_ objects: [ObjectFile]) throws(BuildFailure) {
    var exports: Set<String> = []
    var data: Set<String> = []
    var untyped: Set<String> = []
    var defined = Self.definedByLinker
    for section in objects.lazy.flatMap({ $0.sections }) where section.hasBounds {
      defined.formUnion(["__start_\(section.name)", "__stop_\(section.name)"])
    }
    for named in objects.lazy.flatMap({ $0.symbols })
    where named.symbol.isDefined && named.symbol.binding != .local {
      defined.insert(named.name)
      guard named.symbol.binding == .global, named.isVisible, !named.isSwift else { continue }
      switch named.symbol.type {
      case .function:
        guard !named.hasVersion else { throw Self.versioned(named.name) }
        exports.insert(named.name)
      case .object where !named.isTypeInformation: data.insert(named.name)
      case _ where named.symbol.section == .common: data.insert(named.name)
      case .none where named.symbol.section != .absolute: untyped.insert(named.name)
      default: break
      }
    }
    var imports: [String: Import] = [:]
    let callsAtEnd = objects.contains { $0.callsAtEnd }
    for object in objects where callsAtEnd || !object.isLifecycle {
      for named in object.symbols where !named.symbol.isDefined && !named.name.isEmpty {
        guard !defined.contains(named.name) else { continue }
        let isWeak = named.symbol.binding == .weak
        if var known = imports[named.name] {
          // The message about a missing symbol names the file that cannot do without it.
          if known.isWeak && !isWeak { known = Import(named.name, isWeak: false, object) }
          imports[named.name] = known
        } else {
          imports[named.name] = Import(named.name, isWeak: isWeak, object)
        }
      }
    }
    for object in objects {
      let far = object.nearReferences.filter { imports[$0.symbol] != nil }
      if let first = far.min(by: { $0.symbol < $1.symbol }) { throw first.failure(object.path) }
    }
    self.init(
      exports: exports.sortedByBytes(), exportedData: data.sortedByBytes(),
      untyped: untyped.sortedByBytes(),
      imports: imports.keys.sortedByBytes().compactMap { imports[$0] })
  }

  private static func versioned(_ name: String) -> BuildFailure {
    BuildFailure(
      .buildFailed, .unusableName, "'\(name)' has a version, or the sign of one",
      hint: "a module's exports have no versions: remove .symver, and '@' from the name")
  }
}

extension ModuleInterface {
  /// Adds what the linked module still needs, and no object of its own has told.
  mutating func addImports(of module: SharedObject, path: String) {
    let known = Set(imports.map { $0.name })
    for named in module.symbols
    where !named.symbol.isDefined && !named.name.isEmpty && !known.contains(named.name) {
      let isWeak = named.symbol.binding == .weak
      imports.append(Import(name: named.name, isWeak: isWeak, neededBy: path))
    }
    imports.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension ModuleInterface.Import {
  fileprivate init(_ name: String, isWeak: Bool, _ object: ObjectFile) {
    self.init(name: name, isWeak: isWeak, neededBy: object.path)
  }
}

extension Sequence<String> {
  /// The order of the symbol table: Swift's own order of strings is that of Unicode's canonical forms.
  func sortedByBytes() -> [String] {
    sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
