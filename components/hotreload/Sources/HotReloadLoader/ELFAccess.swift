import HotReloadELF

/// The value of an ELF access, with its error as the loader throws it.
@inline(__always)
func elf<Value>(
  _ access: @autoclosure () throws(ELFError) -> Value
) throws(LoaderError) -> Value {
  do throws(ELFError) { return try access() } catch { throw .elf(error) }
}
