import Foundation
import Measurements

/// How fast images reach a device, into RAM and into flash, by curl.
enum UploadPart {
  private static let times = 3

  static func measure(_ options: Options, _ report: inout Report) throws {
    var table = Table("upload", "RISC-V, virtio", "Xtensa, UART at 10 MHz")
    var columns: [[String]] = []
    let uploads = [
      (title: "100 KiB into RAM", bytes: 100 << 10, target: "/upload?stage=ram"),
      (title: "100 KiB into flash", bytes: 100 << 10, target: "/upload"),
      (title: "500 KiB into RAM", bytes: 500 << 10, target: "/upload?stage=ram"),
    ]
    for board in Board.allCases {
      let project = try Project("Benchmarks/Firmware", as: "firmware", on: board, options)
      guard let identity = try ModuleIdentity(of: project.image(of: "short")) else {
        throw Failure("the module 'short' has no note")
      }
      var column: [String] = []
      for upload in uploads {
        let image = LoadImage.make(
          LoadShape(bytes: upload.bytes, fixups: 1000), for: identity, seed: 7)
        let path = "\(project.buildFolder)/upload.bin"
        try Data(image).write(to: URL(filePath: path))
        note("\(upload.title) of \(board.rawValue)")
        // One device each: what was staged before is in the way of nothing.
        let samples = try project.run(options) { url, _ in
          Samples(
            try (0..<times).map { _ in
              let output = try Program.run([
                "\(options.root)/Benchmarks/upload.sh", url, project.key, path, upload.target,
              ])
              guard let seconds = Double(output.split(separator: "\n").last ?? "") else {
                throw Failure("curl says: \(output)")
              }
              return .seconds(seconds)
            })
        }
        column.append(
          "\(samples.text) ms, \(decimal(Double(image.count) / samples.median, 0)) KB/s")
      }
      columns.append(column)
    }
    for (index, upload) in uploads.enumerated() {
      table.rows.append([upload.title] + columns.map { $0[index] })
    }
    report.add("upload", table.markdown)
  }
}
