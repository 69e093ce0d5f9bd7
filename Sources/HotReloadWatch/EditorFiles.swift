/// Names that editors use while they save: not worth a build.
enum EditorFiles {
  /// Whether `name` is a swap file, a lock, a backup or a probe of a common editor.
  static func isTemporary(_ name: String) -> Bool {
    // Vim: swap files, and "4913" to probe the folder. Emacs: ".#lock", "#auto-save#". Kate, JetBrains and
    // sed: suffixes; GNOME: ".goutputstream-…". Backups: "name~".
    name == "4913" || name.hasPrefix(".#") || (name.hasPrefix("#") && name.hasSuffix("#"))
      || name.hasPrefix(".goutputstream-") || name.hasSuffix("~")
      || isSwapFile(name)
      || [".tmp", ".kate-swp", "___jb_tmp___", "___jb_old___", ".part", ".crdownload"].contains {
        name.hasSuffix($0)
      }
  }

  /// Vim's `.name.swp`, then `.swo`, `.swn`, … while earlier ones exist.
  private static func isSwapFile(_ name: String) -> Bool {
    guard name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    let suffix = name[dot...].dropFirst()
    return suffix.count == 3 && suffix.hasPrefix("sw")
      && suffix.last.map { ("a"..."z").contains($0) } == true
  }
}
