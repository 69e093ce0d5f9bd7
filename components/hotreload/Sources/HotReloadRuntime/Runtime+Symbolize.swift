import HotReloadLoader
import HotReloadPort
import HotReloadServer

// What an address of the instruction bus belongs to. Reads a few words and takes no lock: it serves a firmware that crashes,
// wherever the runtime may be at the time.

/// Whose code an address belongs to.
public struct CodePlace: Equatable, Sendable {
  /// The index of the module's symbol table.
  public var module: Int
  /// The module's build-ID, its first four bytes as people read them; 0 if it has none.
  public var build: UInt32
  /// The export at or below the address that is nearest to it; nil where no export is, or is any more.
  public var export: UInt32?
  /// Bytes from there, or else from where the module's code begins.
  public var offset: UInt32
  /// Whether the module is gone: something else may lie there by now.
  public var isFreed: Bool
}

/// The code of a module that is gone.
struct FreedCode {
  var code = ModuleCode.none
  var build: UInt32 = 0
  var module: UInt8 = 0
}

extension Runtime {
  /// Whose code `address` lies in: of a module that runs, one that comes or goes, or one of the last four that are gone.
  @inline(never)
  public mutating func place(of address: UInt32) -> CodePlace? {
    for index in 0..<countTables() {
      if current[index].code.offset(of: address) != nil {
        return place(of: address, inRunning: index)
      }
      if let offset = next[index].code.offset(of: address) {
        return CodePlace(
          module: index, build: next[index].build, export: nil, offset: offset, isFreed: false)
      }
    }
    // The last one first: each may have had the memory of the one before.
    for age in 0..<freed.count {
      let index = (freedCount &- 1 &- age) & 3
      if let offset = freed[index].code.offset(of: address) {
        return CodePlace(
          module: Int(freed[index].module), build: freed[index].build, export: nil,
          offset: offset, isFreed: true)
      }
    }
    return nil
  }

  /// Where `address`, which lies in the code of the module `index` that runs, is in it.
  @inline(never)
  mutating func place(of address: UInt32, inRunning index: Int) -> CodePlace {
    let code = current[index].code
    var place = CodePlace(
      module: index, build: current[index].build, export: nil, offset: address &- code.start,
      isFreed: false)
    let table = table(index)
    for export in 0..<table.count {
      let distance = address &- table.slot(export)
      // Slots lead elsewhere while the table is written, and are farther then.
      if distance <= place.offset {
        place.offset = distance
        place.export = export
      }
    }
    return place
  }

  /// Appends what people call it: `greet+0x1c`, `'hotreload'+0x1c` where no export is known,
  /// `freed module 'hotreload' (build 1a2b3c4d)`.
  @inline(never)
  public mutating func append(_ place: CodePlace, to text: inout ShortText) {
    let table = table(place.module)
    if let export = place.export {
      table.withName(export) { text.append($0.extracting(first: min($0.count, 32))) }
    } else {
      text.append(place.isFreed ? "freed module '" : "'")
      if let label = table.label { text.append(label.bytes.span.extracting(first: label.count)) }
      text.append("'")
    }
    if place.isFreed {
      text.append(" (build ")
      text.append(hex: place.build, digits: 8)
      text.append(")")
    } else {
      text.append("+0x")
      text.append(hex: place.offset, digits: 1)
    }
  }
}
