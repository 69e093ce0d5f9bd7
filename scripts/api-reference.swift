// Writes docs/API.md from the two public headers. `--check` compares only. From the root of the repository:
//
//   swift scripts/api-reference.swift [--check]
//
// A `///` comment documents the declaration below it, `///<` the member beside it; `@return` begins the list of
// results, which are divided by `;`. `// Title ----` begins a section; other `//` comments are prose. What comes after
// `// Below:` is not public.
import Foundation

let reference = "docs/API.md"
let headers = ["hotreload.h", "hotreload_module.h"]
let folder = "components/hotreload/include"

struct Mistake: Error {
  var text: String
}

/// A declaration and what is said about it.
struct Declaration {
  var comment: [Substring]
  var lines: [Substring]

  /// Of the function, type or macro.
  var name: Substring? {
    if let match = lines[0].firstMatch(of: #/^#define (\w+)/#) { return match.1 }
    if lines[0].hasPrefix("typedef"), let last = lines.last {
      return last.firstMatch(of: #/^} (\w+);/#)?.1 ?? last.firstMatch(of: #/\(\*(\w+)\)/#)?.1
    }
    return lines[0].firstMatch(of: #/(\w+)\(/#)?.1
  }

  /// As C, without comments; of a macro that is no initializer only what its user writes.
  var code: String {
    if lines[0].hasPrefix("#define"), !lines[0].contains(#/[{"]/#) {
      let head = lines[0].prefixMatch(of: #/#define \w+(\([^)]*\))?/#)
      return String(head?.0 ?? lines[0])
    }
    return lines.filter { !$0.trimmed.hasPrefix("///<") }
      .map { line in
        guard let mark = line.firstRange(of: "///<") else { return String(line) }
        return String(line[..<mark.lowerBound].replacing(#/ +$/#, with: ""))
      }
      .joined(separator: "\n")
  }

  /// Names of members, and what is said about them.
  var members: [(name: Substring, text: String)] {
    var members: [(name: Substring, text: String)] = []
    for line in lines {
      guard let mark = line.firstRange(of: "///<") else { continue }
      let text = String(line[mark.upperBound...].trimmed)
      let member = line[..<mark.lowerBound].firstMatch(of: #/(\w+)(\[\w+\])?( = \w+)?[;,] *$/#)
      if let member {
        members.append((member.1, text))
      } else if !members.isEmpty {
        members[members.count - 1].text += " " + text
      }
    }
    return members
  }
}

enum Piece {
  case section(Substring)
  case prose([Substring])
  case declaration(Declaration)
}

extension Substring {
  /// Without spaces at both ends.
  var trimmed: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// The public part of a header.
func pieces(of text: String, _ name: String) throws(Mistake) -> [Piece] {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  var pieces: [Piece] = []
  var prose: [Substring] = []
  var comment: [Substring] = []
  var index = 0
  while index < lines.count {
    let line = lines[index]
    defer { index += 1 }
    if line.hasPrefix("/// ") || line == "///" {
      comment.append(line.dropFirst(3).trimmed)
    } else if line.hasPrefix("// Below:") {
      break
    } else if let section = line.wholeMatch(of: #/\/\/ (.+?) -{3,}/#) {
      pieces.append(.section(section.1))
    } else if line.hasPrefix("//") {
      if !line.contains("SPDX") { prose.append(line.dropFirst(2).trimmed) }
    } else if line.isEmpty || line.hasPrefix("#") && !line.hasPrefix("#define") {
      if !prose.isEmpty { pieces.append(.prose(prose)) }
      prose = []
    } else if !comment.isEmpty {
      var declaration = Declaration(comment: comment, lines: [line])
      let isBlock = line.hasSuffix("{")
      while let last = declaration.lines.last,
        line.hasPrefix("#define")
          ? last.hasSuffix("\\") : isBlock ? !last.hasPrefix("}") : !last.hasSuffix(";")
      {
        index += 1
        guard index < lines.count else { throw Mistake(text: "\(name): no end of '\(line)'") }
        declaration.lines.append(lines[index])
      }
      pieces.append(.declaration(declaration))
      comment = []
    } else if line.contains(#/\bhotreload_\w+\(/#), !line.hasPrefix("#") {
      throw Mistake(text: "\(folder)/\(name):\(index + 1): no /// comment above '\(line)'")
    }
  }
  return pieces
}

/// Names as code, those of `declared` and of documents as links.
func marked(_ text: String, _ declared: Set<Substring>) -> String {
  let parts = text.split(separator: "`", omittingEmptySubsequences: false)
  return parts.enumerated().map { index, part -> String in
    guard index % 2 == 0 else { return "`\(part)`" }
    let names =
      #/\b(?:(?:hotreload|httpd)_\w+(?:\(\)|\.h)?|(?:CONFIG|ESP|HOTRELOAD|MALLOC)_\w+(?:\(\)|…|=n)?)/#
    var text = part.replacing(names) { match in
      let name = match.0.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return declared.contains(name)
        ? "[`\(match.0)`](#\(name.lowercased()))" : "`\(match.0)`"
    }
    text = text.replacing(#/\bdocs\/([A-Z-]+\.md)/#) { "[\($0.1)](\($0.1))" }
    return String(text)
  }.joined()
}

/// A comment as paragraphs, and the results of a function as a list.
func described(_ comment: [Substring], _ declared: Set<Substring>) -> String {
  let paragraphs = comment.split(separator: "").map { $0.joined(separator: " ") }
  return paragraphs.map { paragraph in
    guard paragraph.hasPrefix("@return ") else { return marked(paragraph, declared) }
    var results: [String] = []
    for part in paragraph.dropFirst("@return ".count).split(separator: "; ") {
      if results.isEmpty || part.hasPrefix("ESP_") {
        results.append(String(part))
      } else {
        results[results.count - 1] += "; " + part
      }
    }
    return "Returns\n\n" + results.map { "- \(marked($0, declared))" }.joined(separator: "\n")
  }.joined(separator: "\n\n")
}

func text(of declaration: Declaration, _ declared: Set<Substring>) -> String {
  var text = "### \(declaration.name ?? "")\n\n```c\n\(declaration.code)\n```\n\n"
  text += described(declaration.comment, declared) + "\n\n"
  if !declaration.members.isEmpty {
    text += "| | |\n|---|---|\n"
    for member in declaration.members {
      text += "| `\(member.name)` | \(marked(member.text, declared)) |\n"
    }
    text += "\n"
  }
  return text
}

func generate() throws -> String {
  var contents: [(header: String, pieces: [Piece])] = []
  for header in headers {
    let text = String(
      decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(header)")), as: UTF8.self)
    contents.append((header, try pieces(of: text, header)))
  }
  let declarations = contents.map { content in
    content.pieces.compactMap { piece in
      if case .declaration(let found) = piece { found } else { nil }
    }
  }
  let declared = Set(declarations.joined().compactMap(\.name))
  var text = """
    <!-- Generated by scripts/api-reference.swift from the headers it names. Edit those, then run `make api-reference`. -->

    # C interface


    """
  for (index, content) in contents.enumerated() {
    text += "| [`\(content.header)`](#\(content.header.replacing(".", with: ""))) | |\n|---|---|\n"
    for declaration in declarations[index] {
      let first = declaration.comment.split(separator: "").first?.joined(separator: " ") ?? ""
      let sentence = first.prefix(
        upTo: first.firstRange(of: #/\.(?= |$)/#)?.lowerBound ?? first.endIndex)
      let name = declaration.name ?? ""
      text += "| [`\(name)`](#\(name.lowercased())) | \(marked(String(sentence), [])) |\n"
    }
    text += "\n"
  }
  for content in contents {
    text += "## \(content.header)\n\n"
    for piece in content.pieces {
      switch piece {
      case .section(let title): text += "**\(title)**\n\n"
      case .prose(let lines): text += described(lines, declared) + "\n\n"
      case .declaration(let declaration): text += main.text(of: declaration, declared)
      }
    }
  }
  while text.hasSuffix("\n\n") { text.removeLast() }
  return text
}

do {
  let text = try generate()
  let file = URL(filePath: reference)
  let old = try? Data(contentsOf: file)
  guard old != Data(text.utf8) else { exit(0) }
  if CommandLine.arguments.contains("--check") {
    throw Mistake(text: "\(reference): not what the headers say\nhint: make api-reference")
  }
  try Data(text.utf8).write(to: file)
} catch {
  let text = (error as? Mistake)?.text ?? "\(error)"
  FileHandle.standardError.write(Data("error: \(text)\n".utf8))
  exit(1)
}
