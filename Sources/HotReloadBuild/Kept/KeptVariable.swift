import HotReloadLoader

/// A variable of a module whose value a reload carries over (`HOTRELOAD_KEEP`).
public struct KeptVariable: Equatable, Sendable {
  /// What the next module's variable has to be called as well: qualified by namespaces, classes and the
  /// function it belongs to, and by its file where two files have one of that name.
  public var name: String
  /// 32-bit FNV-1a of the text that describes its type (`TypeLayout`).
  public var layout: UInt32
  /// Virtual address.
  public var address: UInt32
  /// Bytes.
  public var size: UInt32

  /// Creates the description of a variable.
  public init(name: String, layout: UInt32, address: UInt32, size: UInt32) {
    self.name = name
    self.layout = layout
    self.address = address
    self.size = size
  }
}

extension KeptVariable {
  /// What the note of a packed image says.
  ///
  /// - Throws: `noSuchKeptVariable`, `badKeptName`, `keptOutsideData`.
  public static func all(in image: borrowing ModuleImage) throws(LoaderError) -> [KeptVariable] {
    var variables: [KeptVariable] = []
    for index in 0..<image.keptCount {
      let record = try image.kept(at: index)
      variables.append(
        KeptVariable(
          name: try image.keptName(at: index).text, layout: record.layoutHash,
          address: record.address, size: record.byteCount))
    }
    return variables
  }

  /// Lines about the variables whose values cannot simply be carried over from `previous`.
  static func notes(of variables: [KeptVariable], after previous: [KeptVariable]) -> [String] {
    let known = Dictionary(previous.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return variables.compactMap { variable in
      guard let old = known[variable.name],
        old.layout != variable.layout || old.size != variable.size
      else { return nil }
      return "note: kept variable '\(variable.name)' has another layout than before: it begins "
        + "anew, unless a function of HOTRELOAD_MIGRATE takes the old value over\n"
    }
  }
}
