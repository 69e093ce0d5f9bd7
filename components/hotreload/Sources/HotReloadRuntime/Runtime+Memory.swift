import HotReloadLoader
import HotReloadPort

// The memory of modules: one block, or two where the chip has data and code apart.

extension Runtime {
  /// Allocates what an image needs, all of it or nothing.
  mutating func allocate(
    for image: borrowing ModuleImage, capabilities: UInt32
  ) throws(RuntimeError) -> ModuleBlocks {
    guard image.isSplit else {
      return ModuleBlocks(try allocate(image.blockSize, for: image, capabilities, .module))
    }
    let data = ModuleBlocks(try allocate(image.blockSize, for: image, capabilities, .data))
    do throws(RuntimeError) {
      return ModuleBlocks(
        data.data, code: try allocate(image.codeBlockSize, for: image, capabilities, .code))
    } catch {
      free(data)
      throw error
    }
  }

  /// Allocates a word for each export of module `index`, until they are published: when tasks have stopped, an image in flash
  /// cannot be read or let go everywhere. None where it has no exports.
  mutating func allocateExports(
    of image: borrowing ModuleImage, at index: Int
  ) throws(RuntimeError) -> ModuleBlocks {
    // In whole cache lines, none of which is longer.
    let size = (table(index).count &* 4 &+ 63) & ~63
    return ModuleBlocks(try allocate(size, for: image, 0, image.isSplit ? .data : .module))
  }

  /// Gives back what `allocate` returned.
  mutating func free(_ blocks: ModuleBlocks) {
    if blocks.data.size > 0 { memory.free(blocks.data) }
    if blocks.code.size > 0 { memory.free(blocks.code) }
  }

  /// A block; none where no byte is asked for, as of a module without data.
  private mutating func allocate(
    _ size: UInt32, for image: borrowing ModuleImage, _ capabilities: UInt32,
    _ purpose: MemoryPurpose
  ) throws(RuntimeError) -> MemoryBlock {
    guard size > 0 else { return .empty }
    do throws(MemoryError) {
      return try memory.allocate(
        size: size, alignment: image.blockAlignment, capabilities: capabilities, purpose: purpose)
    } catch {
      throw .memory(error)
    }
  }
}
