/// What the hash tables of a shared object say about the size of its symbol table, which nothing else in
/// the dynamic section does.
public enum SymbolHash {
  /// Number of dynamic symbols by `DT_HASH`: its `nchain` (gABI, "Hash Table").
  /// `table` begins at the hash table and may go on behind it.
  public static func symbolCount(hash table: borrowing ByteView) throws(ELFError) -> UInt32 {
    try table.word(at: 4)
  }

  /// Number of dynamic symbols by `DT_GNU_HASH`: one more than the index at the end of the last chain;
  /// symbols that are not hashed come first. `table` begins at the hash table and may go on behind it.
  ///
  /// Layout: `nbuckets`, `symoffset`, `bloom_size`, `bloom_shift`, bloom words, buckets (first symbol of
  /// each chain), then one word for each hashed symbol whose bit 0 ends its chain.
  public static func symbolCount(gnuHash table: borrowing ByteView) throws(ELFError) -> UInt32 {
    let bucketCount = try table.word(at: 0)
    let firstHashed = try table.word(at: 4)
    let bloomCount = try table.word(at: 8)
    let words = table.count / 4
    guard bloomCount <= words, bucketCount <= words else { throw .outOfBounds(bloomCount) }
    // Each at most 2^30, so the sums stay below 2^32.
    let buckets = 4 &+ bloomCount
    let chains = buckets &+ bucketCount
    var last: UInt32 = 0
    for bucket in buckets..<chains {
      guard bucket < words else { throw .outOfBounds(bucket) }
      last = max(last, try table.word(at: bucket &* 4))
    }
    guard last >= firstHashed else { return firstHashed }
    while true {
      let chain = last &- firstHashed
      guard chain < words &- min(chains, words) else { throw .outOfBounds(last) }
      if try table.word(at: (chains &+ chain) &* 4) & 1 == 1 { return last &+ 1 }
      last &+= 1
    }
  }
}
