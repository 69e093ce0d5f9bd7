import HotReloadPort

/// What is added to the virtual addresses of an image that has its memory. All the same, the address of the block,
/// for an image whose regions are not linked far apart (Xtensa.swift).
struct Biases {
  /// For an address in the data, to write there and to point at it.
  let data: UInt32
  /// For an address in the code, to write there.
  let codePlace: UInt32
  /// For an address in the code, to call it and to point at it.
  let code: UInt32
}

extension ModuleImage {
  /// Where the image is, for debuggers: the addresses at which its data and its code begin, and the bytes of its blocks.
  /// Where one bias serves, all of it is said by the block itself.
  public func extent(in blocks: ModuleBlocks) -> MemoryBlock {
    guard isApart else { return blocks.data }
    let biases = biases(in: blocks)
    return MemoryBlock(
      dataAddress: biases.data &+ XtensaRegion.data,
      executableAddress: biases.code &+ XtensaRegion.code, size: blocks.size)
  }

  /// The biases of the image in `blocks`.
  func biases(in blocks: ModuleBlocks) -> Biases {
    let block = blocks.data
    guard isApart else {
      return Biases(
        data: block.dataAddress, codePlace: block.dataAddress, code: block.dataAddress)
    }
    let code = isSplit ? blocks.code : block
    let offset = isSplit ? 0 : layout.codeOffset(keptCount: keptCount)
    let codePlace = code.dataAddress &+ offset &- XtensaRegion.code
    return Biases(
      data: block.dataAddress &- XtensaRegion.data, codePlace: codePlace,
      code: codePlace &+ code.executableOffset)
  }
}
