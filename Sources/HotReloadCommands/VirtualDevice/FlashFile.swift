import HotReloadBuild
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file that holds the bytes of a virtual device's flash chip.
struct FlashFile: Sendable {
  /// What is written to the flash before the device starts.
  struct Content: Equatable, Sendable {
    /// Label of the partition.
    var partition: String
    var bytes: [UInt8]
  }

  let path: FilePath
  /// Has the file for itself while it is open.
  private let descriptor: FileDescriptor

  /// Opens the file, or makes one with `contents`, which takes no space beyond them. A new one is whole, or not there.
  /// `close()` ends that nobody else has it.
  ///
  /// - Parameter rewriting: writes `contents` to one that was there, too.
  /// - Throws: if it has another size than the board's flash, or another process has it open like this.
  init(
    _ path: FilePath, of board: BoardDescriptor, contents: [Content] = [], rewriting: Bool = false
  ) throws(CommandFailure) {
    self.path = path
    let pieces = try Self.pieces(contents, of: board)
    let isNew = !InputFile.exists(path)
    if isNew {
      try CommandFailure.building { () throws(BuildFailure) in
        try FileContents.create(path, permissions: .ownerReadWrite) { file in
          try file.resize(to: Int64(board.flashSize))
          for piece in pieces { _ = try file.writeAll(toAbsoluteOffset: piece.offset, piece.bytes) }
        }
      }
    }
    descriptor = try Self.open(path)
    do {
      guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
        throw errno == EWOULDBLOCK
          ? CommandFailure(
            .failure, "\(path) is the flash of another device that runs",
            hint: "end that `hotreload run`, or name another file")
          : CommandFailure(.failure, "\(path) cannot be locked: \(Errno(rawValue: errno))")
      }
      if try descriptor.seek(offset: 0, from: .end) != board.flashSize {
        throw CommandFailure(
          .failure, "\(path) is no flash of this board: it has not \(board.flashSize) bytes",
          hint: "name another file, or remove this one")
      }
      for piece in pieces where rewriting && !isNew {
        _ = try descriptor.writeAll(toAbsoluteOffset: piece.offset, piece.bytes)
      }
    } catch {
      close()
      throw error as? CommandFailure
        ?? CommandFailure(.failure, "\(path) cannot be written: \(error)")
    }
  }

  /// Lets others have the file. Best effort: there is nobody left to tell.
  func close() {
    // Said, because closing alone is not enough while a process that is just being started has a copy.
    flock(descriptor.rawValue, LOCK_UN)
    try? descriptor.close()
  }

  /// Where the flash has the bytes of each partition.
  private static func pieces(
    _ contents: [Content], of board: BoardDescriptor
  ) throws(CommandFailure) -> [(offset: Int64, bytes: [UInt8])] {
    var pieces: [(offset: Int64, bytes: [UInt8])] = []
    for content in contents {
      pieces.append((Int64(try partition(content, of: board).offset), content.bytes))
    }
    return pieces
  }

  private static func partition(
    _ content: Content, of board: BoardDescriptor
  ) throws(CommandFailure) -> BoardDescriptor.Partition {
    guard let partition = board.partitions.first(where: { $0.label == content.partition }) else {
      throw CommandFailure(
        .failure, "the board '\(board.name)' has no partition '\(content.partition)'",
        hint: "it has \(board.partitions.map(\.label).joined(separator: ", "))")
    }
    guard content.bytes.count <= partition.size else {
      throw CommandFailure(
        .failure,
        "\(content.bytes.count) bytes do not fit into partition '\(partition.label)' of "
          + "\(partition.size)")
    }
    return partition
  }

  private static func open(_ path: FilePath) throws(CommandFailure) -> FileDescriptor {
    do {
      return try FileDescriptor.open(path, .readWrite, options: .closeOnExec)
    } catch {
      throw CommandFailure(.failure, "\(path) cannot be opened: \(error)")
    }
  }
}
