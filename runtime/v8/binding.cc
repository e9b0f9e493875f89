#include "runtime/v8/binding.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "runtime/v8/serdes.h"
#include "uv.h"
#include "v8-profiler.h"

namespace gyre {
namespace {

// --- Statistics: into arrays of doubles, in the order of runtime/v8's JavaScript
// ------------------------------------

std::vector<double> HeapStatistics(Environment& env) {
  v8::HeapStatistics s;
  env.isolate()->GetHeapStatistics(&s);
  return {static_cast<double>(s.total_heap_size()),
          static_cast<double>(s.total_heap_size_executable()),
          static_cast<double>(s.total_physical_size()),
          static_cast<double>(s.total_available_size()),
          static_cast<double>(s.used_heap_size()),
          static_cast<double>(s.heap_size_limit()),
          static_cast<double>(s.malloced_memory()),
          static_cast<double>(s.peak_malloced_memory()),
          static_cast<double>(s.does_zap_garbage()),
          static_cast<double>(s.number_of_native_contexts()),
          static_cast<double>(s.number_of_detached_contexts()),
          static_cast<double>(s.total_global_handles_size()),
          static_cast<double>(s.used_global_handles_size()),
          static_cast<double>(s.external_memory())};
}

v8::Local<v8::Value> HeapSpaceStatistics(Environment& env) {
  std::vector<v8::Local<v8::Value>> spaces;
  for (size_t i = 0; i < env.isolate()->NumberOfHeapSpaces(); i++) {
    v8::HeapSpaceStatistics s;
    env.isolate()->GetHeapSpaceStatistics(&s, i);
    v8::Local<v8::Value> fields[] = {
        ToV8(env, s.space_name()), ToV8(env, s.space_size()), ToV8(env, s.space_used_size()),
        ToV8(env, s.space_available_size()), ToV8(env, s.physical_space_size())};
    spaces.push_back(v8::Array::New(env.isolate(), fields, std::size(fields)));
  }
  return v8::Array::New(env.isolate(), spaces.data(), spaces.size());
}

std::vector<double> HeapCodeStatistics(Environment& env) {
  v8::HeapCodeStatistics s;
  env.isolate()->GetHeapCodeAndMetadataStatistics(&s);
  return {static_cast<double>(s.code_and_metadata_size()),
          static_cast<double>(s.bytecode_and_metadata_size()),
          static_cast<double>(s.external_script_source_size()),
          static_cast<double>(s.cpu_profiler_metadata_size())};
}

uint32_t CachedDataVersionTag() { return v8::ScriptCompiler::CachedDataVersionTag(); }
void SetFlags(std::string flags) { v8::V8::SetFlagsFromString(flags.c_str(), flags.size()); }
bool IsOneByte(v8::Local<v8::String> string) { return string->IsOneByte(); }

// --- Heap snapshots
// ------------------------------------------------------------------------------------------------

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

absl::Status WriteSnapshot(Environment& env, std::string path, bool internals,
                           bool numeric_values) {
  FILE* file = fopen(path.c_str(), "w");
  if (file == nullptr) return SystemError(uv_translate_sys_error(errno), "open", path);
  FileStream stream(file);
  TakeSnapshot(env, internals, numeric_values)->Serialize(&stream, v8::HeapSnapshot::kJSON);
  const int error = fclose(file) == 0 ? stream.error() : errno;
  return error == 0 ? absl::OkStatus() : SystemError(uv_translate_sys_error(error), "write", path);
}

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

// The JSON as a list of Uint8Arrays.
v8::Local<v8::Value> SnapshotChunks(Environment& env, bool internals, bool numeric_values) {
  ListStream stream;
  TakeSnapshot(env, internals, numeric_values)->Serialize(&stream, v8::HeapSnapshot::kJSON);
  std::vector<v8::Local<v8::Value>> chunks;
  for (const std::string& chunk : stream.chunks) {
    chunks.push_back(
        CopyToUint8Array(env, {reinterpret_cast<const uint8_t*>(chunk.data()), chunk.size()}));
  }
  return v8::Array::New(env.isolate(), chunks.data(), chunks.size());
}

// The live objects with the prototype of `constructor` in their chain.
class InstanceOf final : public v8::QueryObjectPredicate {
 public:
  InstanceOf(v8::Local<v8::Context> context, v8::Local<v8::Object> prototype)
      : context_(context), prototype_(prototype) {}
  bool Filter(v8::Local<v8::Object> object) override {
    v8::HandleScope handles(v8::Isolate::GetCurrent());
    for (v8::Local<v8::Value> link = object->GetPrototype(); link->IsObject();
         link = link.As<v8::Object>()->GetPrototype()) {
      if (link == prototype_) return true;
    }
    return false;
  }

 private:
  v8::Local<v8::Context> context_;
  v8::Local<v8::Object> prototype_;
};

v8::Local<v8::Value> QueryObjects(Environment& env, v8::Local<v8::Object> prototype) {
  std::vector<v8::Global<v8::Object>> found;
  InstanceOf predicate(env.context(), prototype);
  env.isolate()->GetHeapProfiler()->QueryObjects(env.context(), &predicate, &found);
  std::vector<v8::Local<v8::Value>> objects;
  for (const v8::Global<v8::Object>& object : found) objects.push_back(object.Get(env.isolate()));
  return v8::Array::New(env.isolate(), objects.data(), objects.size());
}

// --- Garbage collections
// -----------------------------------------------------------------------------------------------

// Records the collections between start and stop.
class GcProfiler final : public Collected {
 public:
  GcProfiler(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}
  ~GcProfiler() override { Detach(); }

  void Start() {
    if (running_) return;
    running_ = true;
    records_.clear();
    isolate()->AddGCPrologueCallback(OnPrologue, this);
    isolate()->AddGCEpilogueCallback(OnEpilogue, this);
  }

  // [type, cost in microseconds, 9 numbers before, spaces before, 9 numbers after, spaces after]
  // per collection.
  v8::Local<v8::Value> Stop() {
    Detach();
    std::vector<v8::Local<v8::Value>> records;
    for (const Record& record : records_) {
      v8::Local<v8::Value> fields[] = {
          ToV8(env(), static_cast<int32_t>(record.type)),
          ToV8(env(), static_cast<double>(record.end_ns - record.start_ns) / 1e3),
          ToV8(env(), record.before.heap),
          SpacesOf(record.before),
          ToV8(env(), record.after.heap),
          SpacesOf(record.after),
      };
      records.push_back(v8::Array::New(isolate(), fields, std::size(fields)));
    }
    records_.clear();
    return v8::Array::New(isolate(), records.data(), records.size());
  }

 private:
  struct Statistics {
    std::vector<double> heap;
    std::vector<v8::HeapSpaceStatistics> spaces;
  };
  struct Record {
    v8::GCType type;
    uint64_t start_ns;
    uint64_t end_ns;
    Statistics before;
    Statistics after;
  };

  static void OnPrologue(v8::Isolate* isolate, v8::GCType type, v8::GCCallbackFlags, void* data) {
    auto* self = static_cast<GcProfiler*>(data);
    self->current_ = {type, uv_hrtime(), 0, Measure(isolate), {}};
  }
  static void OnEpilogue(v8::Isolate* isolate, v8::GCType type, v8::GCCallbackFlags, void* data) {
    auto* self = static_cast<GcProfiler*>(data);
    if (self->current_.start_ns == 0 || self->current_.type != type) return;
    self->current_.end_ns = uv_hrtime();
    self->current_.after = Measure(isolate);
    self->records_.push_back(std::move(self->current_));
    self->current_ = {};
  }

  static Statistics Measure(v8::Isolate* isolate) {
    v8::HeapStatistics s;
    isolate->GetHeapStatistics(&s);
    Statistics result;
    for (size_t value :
         {s.total_heap_size(), s.total_heap_size_executable(), s.total_physical_size(),
          s.total_available_size(), s.total_global_handles_size(), s.used_global_handles_size(),
          s.used_heap_size(), s.heap_size_limit(), s.malloced_memory(), s.external_memory(),
          s.peak_malloced_memory()}) {
      result.heap.push_back(static_cast<double>(value));
    }
    for (size_t i = 0; i < isolate->NumberOfHeapSpaces(); i++) {
      v8::HeapSpaceStatistics space;
      isolate->GetHeapSpaceStatistics(&space, i);
      result.spaces.push_back(space);
    }
    return result;
  }

  v8::Local<v8::Value> SpacesOf(const Statistics& statistics) {
    std::vector<v8::Local<v8::Value>> spaces;
    for (v8::HeapSpaceStatistics s : statistics.spaces) {
      v8::Local<v8::Value> fields[] = {ToV8(env(), s.space_name()), ToV8(env(), s.space_size()),
                                       ToV8(env(), s.space_used_size()),
                                       ToV8(env(), s.space_available_size()),
                                       ToV8(env(), s.physical_space_size())};
      spaces.push_back(v8::Array::New(isolate(), fields, std::size(fields)));
    }
    return v8::Array::New(isolate(), spaces.data(), spaces.size());
  }

  void Detach() {
    if (!running_) return;
    running_ = false;
    isolate()->RemoveGCPrologueCallback(OnPrologue, this);
    isolate()->RemoveGCEpilogueCallback(OnEpilogue, this);
  }

  bool running_ = false;
  Record current_ = {};
  std::vector<Record> records_;
};

}  // namespace

void InitV8(BindingBuilder& b) {
  b.Function<HeapStatistics>("heapStatistics");
  b.Function<HeapSpaceStatistics>("heapSpaceStatistics");
  b.Function<HeapCodeStatistics>("heapCodeStatistics");
  b.Function<CachedDataVersionTag>("cachedDataVersionTag");
  b.Function<SetFlags>("setFlagsFromString");
  b.Function<IsOneByte>("isStringOneByteRepresentation");
  b.Function<WriteSnapshot>("writeHeapSnapshot");
  b.Function<SnapshotChunks>("heapSnapshotChunks");
  b.Function<QueryObjects>("queryObjects");
  b.Class<GcProfiler>("NativeGCProfiler")
      .Constructor<>()
      .Method<&GcProfiler::Start>("start")
      .Method<&GcProfiler::Stop>("stop");
  DeclareSerdes(b);
}

}  // namespace gyre
