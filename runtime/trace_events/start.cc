#include "runtime/trace_events/start.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/base/json_quote.h"
#include "runtime/base/version.h"
#include "runtime/engine/platform.h"
#include "runtime/engine/tracing.h"
#include "runtime/fs/trace.h"
#include "runtime/process/versions.h"
#include "uv.h"

namespace gyre {
namespace {

constexpr char kDefaultCategories[] = "v8,node,node.async_hooks";

void AppendMember(std::string_view name, std::string_view value, std::string* json) {
  if (!json->empty() && json->back() != '{') json->push_back(',');
  AppendJsonString(name, json);
  json->push_back(':');
  AppendJsonString(value, json);
}

void DescribeVersions() {
  std::string version;
  AppendMember("node", kNodeVersion, &version);
  Tracing::Instance().Describe("version", version);

  std::string process = "\"process\":{\"versions\":{";
  for (const auto& [name, text] : ComponentVersions()) AppendMember(name, text, &process);
  process.append("}");
  AppendMember("arch", "x64", &process);
  AppendMember("platform", "linux", &process);
  process.append(",\"release\":{");
  const NodeRelease release = GetNodeRelease();
  AppendMember("name", release.name, &process);
  AppendMember("lts", release.lts, &process);
  process.append("}}");
  Tracing::Instance().Describe("node", process);
}

class NameThread final : public v8::Task {
 public:
  void Run() override { Tracing::Instance().NameThread("PlatformWorkerThread"); }
};

}  // namespace

void TraceProcessTitle() {
  char title[512] = "";
  uv_get_process_title(title, sizeof(title));
  std::string args;
  AppendMember("name", title, &args);
  Tracing::Instance().Describe("process_name", args);
}

void EnableTracing(std::span<const std::string> categories) {
  Tracing& tracing = Tracing::Instance();
  const bool first = !tracing.started();
  tracing.Enable(categories);
  if (!first) return;
  fs::TraceCalls();
  TraceProcessTitle();
  DescribeVersions();
  tracing.NameThread("JavaScriptMainThread");
  // As many tasks as threads, so that each thread runs one, or has at least been seen by then.
  Platform& platform = Platform::Instance();
  for (int i = 0; i < platform.NumberOfWorkerThreads(); i++) {
    platform.PostTaskOnWorkerThread(v8::TaskPriority::kUserVisible, std::make_unique<NameThread>());
  }
}

void StartTracing(const Options& options) {
  const std::string& pattern = options.GetString("--trace-event-file-pattern");
  if (!pattern.empty()) Tracing::Instance().SetFilePattern(pattern);
  std::string categories = options.GetString("--trace-event-categories");
  if (categories.empty() && options.GetBool("--trace-events-enabled")) {
    categories = kDefaultCategories;
  }
  if (categories.empty()) return;
  const std::vector<std::string> list = absl::StrSplit(categories, ',');
  EnableTracing(list);
}

}  // namespace gyre
