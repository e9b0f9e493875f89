#include "runtime/v8/profiles.h"

#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "v8-profiler.h"

namespace gyre {
namespace {

// Collects what V8 serialises.
class TextStream final : public v8::OutputStream {
 public:
  int GetChunkSize() override { return 64 * 1024; }
  void EndOfStream() override {}
  WriteResult WriteAsciiChunk(char* data, int size) override {
    text.append(data, size);
    return kContinue;
  }
  std::string text;
};

// Made with the first CPU profile.
class Profilers {
 public:
  explicit Profilers(Environment& env) : cpu_(v8::CpuProfiler::New(env.isolate())) {}
  // V8's own thread goes on sampling, and touches the profiler, until the last profile is stopped.
  ~Profilers() {
    for (v8::ProfilerId id : running_) cpu_->Stop(id)->Delete();
    cpu_->Dispose();
  }

  std::optional<v8::ProfilerId> Start() {
    const v8::CpuProfilingResult started = cpu_->Start(v8::CpuProfilingOptions());
    if (started.status != v8::CpuProfilingStatus::kStarted) return std::nullopt;
    running_.insert(started.id);
    return started.id;
  }
  // Null when no such profile runs.
  v8::CpuProfile* Stop(v8::ProfilerId id) {
    return running_.erase(id) == 0 ? nullptr : cpu_->Stop(id);
  }

 private:
  v8::CpuProfiler* const cpu_;
  std::set<v8::ProfilerId> running_;
};

void AppendQuoted(Environment& env, v8::Local<v8::String> string, std::string* text) {
  v8::Local<v8::String> quoted;
  if (!v8::JSON::Stringify(env.context(), string).ToLocal(&quoted)) {
    text->append("\"\"");
    return;
  }
  text->append(FromV8<std::string>(env, quoted));
}

void AppendNode(Environment& env, const v8::AllocationProfile::Node& node, std::string* text) {
  size_t self_size = 0;
  for (const v8::AllocationProfile::Allocation& allocation : node.allocations) {
    self_size += allocation.size * allocation.count;
  }
  text->append("{\"callFrame\":{\"functionName\":");
  AppendQuoted(env, node.name, text);
  absl::StrAppend(text, ",\"scriptId\":\"", node.script_id, "\",\"url\":");
  AppendQuoted(env, node.script_name, text);
  absl::StrAppend(text, ",\"lineNumber\":", node.line_number - 1,
                  ",\"columnNumber\":", node.column_number - 1, "},\"selfSize\":", self_size,
                  ",\"id\":", node.node_id, ",\"children\":[");
  for (size_t i = 0; i < node.children.size(); i++) {
    if (i > 0) text->push_back(',');
    AppendNode(env, *node.children[i], text);
  }
  text->append("]}");
}

}  // namespace

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

std::string HeapSnapshotText(Environment& env, bool internals, bool numeric_values) {
  using Profiler = v8::HeapProfiler;
  Profiler::HeapSnapshotOptions options;
  options.snapshot_mode = internals ? Profiler::HeapSnapshotMode::kExposeInternals
                                    : Profiler::HeapSnapshotMode::kRegular;
  options.numerics_mode = numeric_values ? Profiler::NumericsMode::kExposeNumericValues
                                         : Profiler::NumericsMode::kHideNumericValues;
  v8::HandleScope handles(env.isolate());
  const v8::HeapSnapshot* snapshot = env.isolate()->GetHeapProfiler()->TakeHeapSnapshot(options);
  TextStream stream;
  snapshot->Serialize(&stream, v8::HeapSnapshot::kJSON);
  const_cast<v8::HeapSnapshot*>(snapshot)->Delete();
  return std::move(stream.text);
}

std::optional<uint32_t> StartCpuProfile(Environment& env) {
  v8::HandleScope handles(env.isolate());
  return env.State<Profilers>().Start();
}

std::optional<std::string> StopCpuProfile(Environment& env, uint32_t id) {
  v8::HandleScope handles(env.isolate());
  v8::CpuProfile* profile = env.State<Profilers>().Stop(id);
  if (profile == nullptr) return std::nullopt;
  TextStream stream;
  profile->Serialize(&stream, v8::CpuProfile::kJSON);
  profile->Delete();
  return std::move(stream.text);
}

bool StartHeapProfile(Environment& env, uint64_t interval) {
  return env.isolate()->GetHeapProfiler()->StartSamplingHeapProfiler(interval);
}

std::optional<std::string> StopHeapProfile(Environment& env) {
  v8::HandleScope handles(env.isolate());
  v8::HeapProfiler* profiler = env.isolate()->GetHeapProfiler();
  std::unique_ptr<v8::AllocationProfile> profile(profiler->GetAllocationProfile());
  profiler->StopSamplingHeapProfiler();
  if (profile == nullptr) return std::nullopt;
  std::string text = "{\"head\":";
  AppendNode(env, *profile->GetRootNode(), &text);
  text.append(",\"samples\":[");
  const char* separator = "";
  for (const v8::AllocationProfile::Sample& sample : profile->GetSamples()) {
    absl::StrAppend(&text, separator, "{\"size\":", sample.size * sample.count,
                    ",\"nodeId\":", sample.node_id, ",\"ordinal\":", sample.sample_id, "}");
    separator = ",";
  }
  text.append("]}");
  return text;
}

}  // namespace gyre
