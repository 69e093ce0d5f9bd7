extension DebugInformation {
  /// Typedefs and qualifiers around a type, and pointers to pointers: more than any source has.
  private static let longestType = 100

  /// The type that an entry refers to, without typedefs and qualifiers.
  func type(of entry: DebugEntry) throws(DWARFError) -> DebugEntry {
    var type = entry
    for _ in 0..<Self.longestType {
      type = try referredType(of: type)
      switch type.tag {
      case .typedef, .constType, .volatileType, .restrictType, .atomicType: continue
      default: return type
      }
    }
    throw .nestedTooDeep(entry.offset)
  }

  /// Whether `const` stands before the type itself, also behind a typedef or as the element of an array.
  func isConstant(typeOf entry: DebugEntry) throws(DWARFError) -> Bool {
    var type = entry
    for _ in 0..<Self.longestType {
      type = try referredType(of: type)
      switch type.tag {
      case .constType: return true
      case .typedef, .volatileType, .restrictType, .atomicType, .arrayType: continue
      default: return false
      }
    }
    throw .nestedTooDeep(entry.offset)
  }

  private func referredType(of entry: DebugEntry) throws(DWARFError) -> DebugEntry {
    guard let reference = entry.reference(.type) else {
      // A type unit, or another file.
      if entry[.type] != nil { throw .incompleteType(try name(of: entry) ?? "(unnamed)") }
      throw .unknownType(entry.offset)
    }
    return try self.entry(at: reference)
  }

  /// Bytes of a type.
  func size(of type: DebugEntry) throws(DWARFError) -> UInt64 {
    guard let size = type.number(.byteSize) else {
      if type.flag(.declaration) { throw .incompleteType(try name(of: type) ?? "(unnamed)") }
      throw .unknownType(type.offset)
    }
    return size
  }

  /// `i4`: kind and size of a base type. Names differ: `long`, `long int`.
  func baseType(_ type: DebugEntry) throws(DWARFError) -> String {
    let number = type.number(.encoding) ?? 0
    let kind =
      switch DebugEncoding(rawValue: number) {
      case .boolean: "b"
      case .complexFloat: "c"
      case .float: "f"
      case .signed, .signedCharacter: "i"
      case .unsigned, .unsignedCharacter, .unicode: "u"
      case nil: "x\(number)_"
      }
    return "\(kind)\(try size(of: type))"
  }

  /// What a pointer points to, by name: a list is not followed to its end. Base types by kind and size; `()` for
  /// functions, `[]` for arrays, `void` for anything.
  func pointee(of pointer: DebugEntry) throws(DWARFError) -> String {
    var stars = ""
    var pointer = pointer
    for _ in 0..<Self.longestType {
      guard pointer[.type] != nil else { return stars + "void" }
      let type: DebugEntry
      do throws(DWARFError) { type = try self.type(of: pointer) } catch {
        // `const void *`: qualifiers of nothing.
        if case .unknownType = error { return stars + "void" }
        throw error
      }
      switch type.tag {
      case .pointerType, .referenceType, .rvalueReferenceType:
        stars += "*"
        pointer = type
      case .arrayType:
        stars += "[]"
        pointer = type
      case .subroutineType: return stars + "()"
      case .baseType: return stars + (try baseType(type))
      case .unspecifiedType: return stars + "void"
      default:
        let scopes = try scopes(of: type).map { $0.name ?? "" }
        return stars + (scopes + [try name(of: type) ?? ""]).joined(separator: "::")
      }
    }
    throw .nestedTooDeep(pointer.offset)
  }

  // MARK: - Members

  /// Bytes from the beginning of the structure; members of a union need not say 0.
  func offset(of member: DebugEntry) throws(DWARFError) -> UInt64 {
    if member[.dataMemberLocation] == nil { return 0 }
    guard let offset = member.number(.dataMemberLocation) else {
      throw .unknownLocation(member.offset)
    }
    return offset
  }

  /// The bits of a bit-field, counted from the least significant of the structure; nil for other members.
  func bits(of member: DebugEntry) throws(DWARFError) -> (first: UInt64, count: UInt64)? {
    guard let count = member.number(.bitSize) else { return nil }
    if let first = member.number(.dataBitOffset) { return (first, count) }
    let offset = try offset(of: member)
    let storage =
      if let size = member.number(.byteSize) { size } else { try size(of: type(of: member)) }
    let limit: UInt64 = 1 << 32
    guard offset < limit, storage < limit, count <= storage * 8 else {
      throw .unknownLocation(member.offset)
    }
    // As DWARF 3 has it, and GCC in DWARF 4: from the most significant bit of the storage unit.
    let fromTop = member.number(.bitOffset) ?? (storage * 8 - count)
    guard fromTop <= storage * 8 - count else { throw .unknownLocation(member.offset) }
    return (offset * 8 + storage * 8 - fromTop - count, count)
  }
}
