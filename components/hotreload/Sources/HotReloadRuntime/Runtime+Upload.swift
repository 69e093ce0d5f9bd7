import HotReloadLoader
import HotReloadPort
import HotReloadServer
import HotReloadStore

extension Runtime {
  /// Makes room for an upload in the slot that is not in use.
  mutating func begin(
    _ label: PartitionLabel, length: UInt32
  ) -> Result<Void, RuntimeError> {
    do throws(RuntimeError) {
      _ = try table(of: label)
      let store = try store(of: label)
      do throws(StoreError) {
        upload = Upload(staging: try store.stage(length: length, in: &flash), label: label)
      } catch {
        throw .store(error)
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  /// Stores the next bytes of the upload.
  mutating func write(_ bytes: Span<UInt8>) -> Result<Void, RuntimeError> {
    guard var upload = upload.take() else { return .failure(.store(.imageIncomplete)) }
    do throws(StoreError) {
      try upload.staging.write(bytes.bytes, to: &flash)
    } catch {
      return .failure(.store(error))
    }
    self.upload = consume upload
    return .success(())
  }

  /// Checks what was uploaded and makes it the partition's current image. An image that this device
  /// could not load, or that belongs to another firmware, never becomes visible.
  mutating func finish(authentication: Authentication) -> Result<Void, RuntimeError> {
    guard let upload = upload.take() else { return .failure(.store(.imageIncomplete)) }
    let label = upload.label
    do throws(RuntimeError) {
      // Only `body` authentication can be replayed; a nonce makes every challenge upload a new one.
      let oldest = authentication == .body ? try newestSequence(in: label) : 0
      try commit(upload.staging, label: label, noOlderThan: oldest)
      isUpdateAvailable = true
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private mutating func commit(
    _ staging: consuming Staging<P.Hasher>, label: PartitionLabel, noOlderThan oldest: UInt64
  ) throws(RuntimeError) {
    let verdict: Result<Void, RuntimeError>
    do throws(StoreError) {
      let staged = try staging.finish(in: &flash)
      verdict = try staged.withBytes(in: flash) { bytes in
        check(bytes, for: label, noOlderThan: oldest)
      }
      if case .success = verdict { _ = try staged.commit(in: &flash) }
    } catch {
      throw .store(error)
    }
    try verdict.get()
  }

  /// Whether this device could load an image: everything but the memory.
  private func check(
    _ bytes: RawSpan, for label: PartitionLabel, noOlderThan oldest: UInt64
  ) -> Result<Void, RuntimeError> {
    do throws(RuntimeError) {
      let image = try admit(bytes, table: try table(of: label))
      if let manifest = image.manifest, manifest.sequence < oldest { throw .older }
      do throws(LoaderError) { try image.check() } catch { throw .image(error) }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  /// The sequence of the partition's current image, 0 if it has none.
  private func newestSequence(in label: PartitionLabel) throws(RuntimeError) -> UInt64 {
    let store = try store(of: label)
    guard let current = try currentImage(of: store) else { return 0 }
    do throws(StoreError) {
      return try store.withBytes(of: current, in: flash) { manifest(of: $0)?.sequence ?? 0 }
    } catch {
      throw .store(error)
    }
  }
}
