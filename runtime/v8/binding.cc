#include "runtime/v8/binding.h"

#include <string>
#include <utility>
#include <vector>

#include "runtime/v8/heap_snapshot.h"
#include "runtime/v8/near_heap_limit.h"
#include "runtime/v8/profiles.h"
#include "runtime/v8/serdes.h"
#include "uv.h"
#include "v8-profiler.h"

namespace gyre {
namespace {

// --- Statistics: arrays of doubles, in the order of runtime/v8/v8.js
// ------------------------------

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

// --- Heap snapshots and profiles
// ------------------------------------------------------------------

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

class TextStream final : public v8::OutputStream {
 public:
  void EndOfStream() override {}
  WriteResult WriteAsciiChunk(char* data, int size) override {
    text.append(data, size);
    return kContinue;
  }
  std::string text;
};

// Samples the thread between start and stop.
class CpuProfiler final : public Collected {
 public:
  CpuProfiler(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}
  ~CpuProfiler() override {
    if (profiler_ != nullptr) profiler_->Dispose();
  }

  // interval_us: the time between two samples, V8's own if not given.
  void Start(std::optional<int32_t> interval_us) {
    profiler_ = v8::CpuProfiler::New(isolate());
    if (interval_us) profiler_->SetSamplingInterval(*interval_us);
    profiler_->StartProfiling(v8::String::Empty(isolate()), /*record_samples=*/true);
  }

  // The profile as JSON.
  std::string Stop() {
    v8::CpuProfile* profile = profiler_->StopProfiling(v8::String::Empty(isolate()));
    TextStream stream;
    profile->Serialize(&stream, v8::CpuProfile::kJSON);
    profile->Delete();
    profiler_->Dispose();
    profiler_ = nullptr;
    return std::move(stream.text);
  }

 private:
  v8::CpuProfiler* profiler_ = nullptr;
};

bool StartHeapProfileEvery(Environment& env, double interval) {
  return StartHeapProfile(env, static_cast<uint64_t>(interval));
}

// --- Garbage collections
// --------------------------------------------------------------------------

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
  b.Function<WriteHeapSnapshotFile>("writeHeapSnapshot");
  b.Function<HeapSnapshotChunks>("heapSnapshotChunks");
  b.Function<WriteSnapshotsNearHeapLimit>("setHeapSnapshotNearHeapLimit");
  b.Function<QueryObjects>("queryObjects");
  b.Function<StartHeapProfileEvery>("startHeapProfile");
  b.Function<StopHeapProfile>("stopHeapProfile");
  b.Class<CpuProfiler>("NativeCpuProfiler")
      .Constructor<>()
      .Method<&CpuProfiler::Start>("start")
      .Method<&CpuProfiler::Stop>("stop");
  b.Class<GcProfiler>("NativeGCProfiler")
      .Constructor<>()
      .Method<&GcProfiler::Start>("start")
      .Method<&GcProfiler::Stop>("stop");
  DeclareSerdes(b);
}

}  // namespace gyre
