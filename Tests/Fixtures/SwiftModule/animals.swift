// Types for language.swift: classes with a vtable and a deinit, a protocol, enumerations with payloads.

class Animal {
  let name: StaticString
  private(set) var friends: [Animal] = []

  init(_ name: StaticString) {
    self.name = name
    firmware_count_objects(1)
  }
  deinit { firmware_count_objects(-1) }

  var legs: Int { 4 }
  func befriend(_ other: Animal) { friends.append(other) }
}

final class Bird: Animal {
  static let legCount = 2
  override var legs: Int { Self.legCount }
}

protocol Measurable {
  var size: Int { get }
}

struct Box: Measurable {
  var width, height: Int
  var size: Int { width * height }
}

struct Line: Measurable {
  var size: Int
}

func largest<Item: Measurable>(of items: [Item]) -> Item? {
  items.max { $0.size < $1.size }
}

enum Shape {
  case nothing
  case circle(radius: Int)
  case box(Box, color: UInt32)

  var size: Int {
    switch self {
    case .nothing: 0
    case .circle(let radius): 3 * radius * radius
    case .box(let box, color: _): box.size
    }
  }
}

indirect enum Sum {
  case number(Int)
  case plus(Sum, Sum)

  var value: Int {
    switch self {
    case .number(let value): value
    case .plus(let left, let right): left.value + right.value
    }
  }
}

enum Refusal: Error, Equatable {
  case negative(Int32)
}

func root(_ square: Int32) throws(Refusal) -> Int32 {
  guard square >= 0 else { throw .negative(square) }
  var root: Int32 = 0
  while (root + 1) * (root + 1) <= square { root += 1 }
  return root
}

/// Owns something, and gives it back exactly once.
struct Token: ~Copyable {
  init() { firmware_count_objects(1) }
  deinit { firmware_count_objects(-1) }
}
