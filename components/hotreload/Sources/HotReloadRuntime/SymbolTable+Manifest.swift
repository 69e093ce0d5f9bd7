import HotReloadLoader
import HotReloadPort

extension SymbolTable {
  /// Whether the image has exactly the exports of this table.
  func isListed(in manifest: borrowing ModuleManifest) -> Bool {
    manifest.exportCount == count && manifest.namesHash == namesHash
  }
}
