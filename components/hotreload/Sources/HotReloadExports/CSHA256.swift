import CHotReload
import HotReloadPort

#if !HOTRELOAD_SOFTWARE_CRYPTO
  /// SHA-256 of the platform (mbedTLS, PSA, hardware).
  struct CSHA256: SHA256Hasher {
    private var context = hotreload_port_sha256_t()

    init() {
      // Safety: the context outlives the call.
      unsafe hotreload_port_sha256_begin(&context)
    }

    mutating func update(_ bytes: RawSpan) {
      unsafe bytes.withUnsafeBytes { bytes in
        // Safety: the bytes and the context outlive the call.
        unsafe hotreload_port_sha256_update(&context, bytes.baseAddress, bytes.count)
      }
    }

    mutating func finalize() -> SHA256Digest {
      var digest = InlineArray<32, UInt8>(repeating: 0)
      var span = digest.mutableSpan
      unsafe span.withUnsafeMutableBufferPointer { bytes in
        // Safety: the port writes exactly the 32 bytes of the array.
        unsafe hotreload_port_sha256_finish(&context, bytes.baseAddress)
      }
      return SHA256Digest(bytes: digest)
    }
  }
#endif
