import HotReloadELF

/// What keeps an object file out of any module, as far as the file itself says.
public enum ObjectProblem {
  /// The first one; nil if the object can be linked into a module whose other files, or the firmware near by, have what
  /// it needs.
  ///
  /// - Parameter path: names the object in the failure.
  public static func of(_ bytes: [UInt8], path: String) -> BuildFailure? {
    do throws(BuildFailure) {
      let machine: Machine
      do throws(ELFError) { machine = try ELFFile(bytes.span.raw).header.machine } catch {
        throw .malformed(path, error)
      }
      let object = try ObjectFile(bytes, path: path, machine: machine)
      // On Xtensa the compiler's option decides; on RISC-V it is right among the files of a module.
      let far = object.nearReferences.filter { $0.way != .distance }
      return far.min { $0.symbol < $1.symbol }?.failure(path)
    } catch {
      return error
    }
  }
}
