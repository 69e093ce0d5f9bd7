import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The listed files by the names under which events may speak of them.
struct WatchedFiles: Equatable, Sendable {
  /// Listed files by path: their own, and what it leads to where it is a symbolic link.
  private(set) var listed: [FilePath: Set<FilePath>] = [:]

  init(_ files: Set<FilePath> = []) {
    for file in files {
      listed[file, default: []].insert(file)
      if let real = Self.realPath(file) { listed[real, default: []].insert(file) }
    }
  }

  /// The folders whose entries matter.
  var folders: Set<FilePath> { Set(listed.keys.map { $0.removingLastComponent() }) }

  /// Every listed file.
  var all: Set<FilePath> { listed.values.reduce(into: []) { $0.formUnion($1) } }

  /// Listed files anywhere below `folder`, as listed.
  func below(_ folder: FilePath) -> Set<FilePath> {
    listed.reduce(into: []) { files, entry in
      if entry.key.starts(with: folder) { files.formUnion(entry.value) }
    }
  }

  /// What an event on `name` in `folder` means: nothing for editors' own files.
  func changes(of name: String, in folder: FilePath, isComplete: Bool) -> [FileChange] {
    let path = folder.appending(name)
    if let files = listed[path] {
      return files.map { FileChange(path: $0, isListed: true, isComplete: isComplete) }
    }
    return EditorFiles.isTemporary(name)
      ? [] : [FileChange(path: path, isListed: false, isComplete: isComplete)]
  }

  /// The path without symbolic links, nil for files that are not there.
  private static func realPath(_ path: FilePath) -> FilePath? {
    // Safety: both strings are NUL-terminated; realpath(3) returns malloc'ed memory, freed here.
    unsafe path.withPlatformString { name in
      guard let resolved = unsafe realpath(name, nil) else { return nil }
      defer { unsafe free(resolved) }
      return unsafe FilePath(platformString: resolved)
    }
  }
}

extension FilePath {
  /// Whether something is there, be it a link that leads nowhere.
  var exists: Bool {
    (try? stat(followTargetSymlink: false)) != nil
  }
}
