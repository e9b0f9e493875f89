#include "runtime/v8/heap_snapshot.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "uv.h"
#include "v8-profiler.h"

namespace gyre {
namespace {

struct DeleteSnapshot {
  void operator()(const v8::HeapSnapshot* snapshot) const {
    const_cast<v8::HeapSnapshot*>(snapshot)->Delete();
  }
};
using SnapshotPointer = std::unique_ptr<const v8::HeapSnapshot, DeleteSnapshot>;

SnapshotPointer TakeSnapshot(Environment& env, bool internals, bool numeric_values) {
  v8::HeapProfiler::HeapSnapshotOptions options;
  options.snapshot_mode = internals ? v8::HeapProfiler::HeapSnapshotMode::kExposeInternals
                                    : v8::HeapProfiler::HeapSnapshotMode::kRegular;
  options.numerics_mode = numeric_values ? v8::HeapProfiler::NumericsMode::kExposeNumericValues
                                         : v8::HeapProfiler::NumericsMode::kHideNumericValues;
  return SnapshotPointer(env.isolate()->GetHeapProfiler()->TakeHeapSnapshot(options));
}

class FileStream final : public v8::OutputStream {
 public:
  explicit FileStream(FILE* file) : file_(file) {}
  int GetChunkSize() override { return 64 * 1024; }
  void EndOfStream() override {}
  WriteResult WriteAsciiChunk(char* data, int size) override {
    if (fwrite(data, 1, size, file_) == static_cast<size_t>(size)) return kContinue;
    error_ = errno;
    return kAbort;
  }
  int error() const { return error_; }

 private:
  FILE* const file_;
  int error_ = 0;
};

}  // namespace

absl::Status WriteHeapSnapshotFile(Environment& env, std::string path, bool internals,
                                   bool numeric_values) {
  FILE* file = fopen(path.c_str(), "w");
  if (file == nullptr) return SystemError(uv_translate_sys_error(errno), "open", path);
  FileStream stream(file);
  TakeSnapshot(env, internals, numeric_values)->Serialize(&stream, v8::HeapSnapshot::kJSON);
  const int error = fclose(file) == 0 ? stream.error() : errno;
  return error == 0 ? absl::OkStatus() : SystemError(uv_translate_sys_error(error), "write", path);
}

namespace {

class ListStream final : public v8::OutputStream {
 public:
  int GetChunkSize() override { return 64 * 1024; }
  void EndOfStream() override {}
  WriteResult WriteAsciiChunk(char* data, int size) override {
    chunks.emplace_back(data, size);
    return kContinue;
  }
  std::vector<std::string> chunks;
};

}  // namespace

v8::Local<v8::Value> HeapSnapshotChunks(Environment& env, bool internals, bool numeric_values) {
  ListStream stream;
  TakeSnapshot(env, internals, numeric_values)->Serialize(&stream, v8::HeapSnapshot::kJSON);
  std::vector<v8::Local<v8::Value>> chunks;
  for (const std::string& chunk : stream.chunks) {
    chunks.push_back(
        CopyToUint8Array(env, {reinterpret_cast<const uint8_t*>(chunk.data()), chunk.size()}));
  }
  return v8::Array::New(env.isolate(), chunks.data(), chunks.size());
}

}  // namespace gyre
