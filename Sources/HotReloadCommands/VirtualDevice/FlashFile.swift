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
  /// Whether there was none before.
  let isNew: Bool
  /// Has the file for itself while it is open.
  private let descriptor: FileDescriptor

  /// Opens the file, or makes one that takes no space before it is written to. `close()` ends that.
  ///
  /// - Throws: if it has another size than the board's flash, or another process has it open like this.
  init(_ path: FilePath, size: Int) throws(CommandFailure) {
    self.path = path
    isNew = !InputFile.exists(path)
    descriptor = try Self.open(path, isNew ? [.create, .exclusiveCreate] : [])
    do {
      guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
        throw errno == EWOULDBLOCK
          ? CommandFailure(
            .failure, "\(path) is the flash of another device that runs",
            hint: "end that `hotreload run`, or name another file")
          : CommandFailure(.failure, "\(path) cannot be locked: \(Errno(rawValue: errno))")
      }
      if isNew {
        try descriptor.resize(to: Int64(size))
      } else if try descriptor.seek(offset: 0, from: .end) != size {
        throw CommandFailure(
          .failure, "\(path) is no flash of this board: it has not \(size) bytes",
          hint: "name another file, or remove this one")
      }
    } catch {
      close()
      throw error as? CommandFailure
        ?? CommandFailure(.failure, "\(path) cannot be made: \(error)")
    }
  }

  /// Lets others have the file. Best effort: there is nobody left to tell.
  func close() {
    // Said, because closing alone is not enough while a process that is just being started has a copy.
    flock(descriptor.rawValue, LOCK_UN)
    try? descriptor.close()
  }

  /// Writes partitions, each to where the board has it.
  func write(_ contents: [Content], to board: BoardDescriptor) throws(CommandFailure) {
    do {
      for content in contents {
        let partition = try Self.partition(content, of: board)
        _ = try descriptor.writeAll(toAbsoluteOffset: Int64(partition.offset), content.bytes)
      }
    } catch {
      throw error as? CommandFailure
        ?? CommandFailure(.failure, "\(path) cannot be written: \(error)")
    }
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

  private static func open(
    _ path: FilePath, _ options: FileDescriptor.OpenOptions
  ) throws(CommandFailure) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        path, .readWrite, options: options.union(.closeOnExec), permissions: .ownerReadWrite)
    } catch {
      throw CommandFailure(.failure, "\(path) cannot be opened: \(error)")
    }
  }
}
