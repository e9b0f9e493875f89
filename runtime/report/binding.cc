#include "runtime/report/binding.h"

#include <string>
#include <utility>
#include <vector>

#include "runtime/engine/isolate.h"
#include "runtime/report/report.h"

namespace gyre {
namespace {

// The last report that a process writes: V8's heap is exhausted or broken.
void OnFatalError(v8::Isolate* isolate, const char* event, const char* trigger) {
  if (isolate == nullptr || !Environment::Exists(isolate)) return;
  Environment& env = Environment::From(isolate);
  const ReportSettings& settings = env.State<ReportSettings>();
  if (!settings.on_fatal_error) return;
  ReportCause cause;
  cause.event = event;
  cause.trigger = trigger;
  std::string filename = settings.filename;
  WriteReport(env, std::move(cause), filename.empty() ? ReportFilename(0, 1) : filename);
}

void Configure(Environment& env, const std::string& directory, const std::string& filename,
               bool compact, bool exclude_network, bool exclude_env, bool on_fatal_error) {
  ReportSettings& settings = env.State<ReportSettings>();
  settings.directory = directory;
  settings.filename = filename;
  settings.compact = compact;
  settings.exclude_network = exclude_network;
  settings.exclude_env = exclude_env;
  settings.on_fatal_error = on_fatal_error;
  SetFatalErrorObserver(OnFatalError);
}

// Properties come as a flat list of keys and values.
ReportCause Cause(std::string event, std::string trigger, int thread_id, std::string message,
                  std::vector<std::string> stack, const std::vector<std::string>& properties) {
  ReportCause cause;
  cause.event = std::move(event);
  cause.trigger = std::move(trigger);
  cause.thread_id = thread_id;
  cause.message = std::move(message);
  cause.stack = std::move(stack);
  for (size_t i = 0; i + 1 < properties.size(); i += 2) {
    cause.error_properties.emplace_back(properties[i], properties[i + 1]);
  }
  return cause;
}

std::string Get(Environment& env, std::string event, std::string trigger, int32_t thread_id,
                std::string message, std::vector<std::string> stack,
                std::vector<std::string> properties) {
  return MakeReport(env, env.State<ReportSettings>(),
                    Cause(std::move(event), std::move(trigger), thread_id, std::move(message),
                          std::move(stack), properties),
                    /*compact=*/true);
}

std::string Write(Environment& env, std::string event, std::string trigger, int32_t thread_id,
                  std::string message, std::vector<std::string> stack,
                  std::vector<std::string> properties, std::string filename, int32_t sequence) {
  if (filename.empty()) filename = ReportFilename(thread_id, sequence);
  return WriteReport(env,
                     Cause(std::move(event), std::move(trigger), thread_id, std::move(message),
                           std::move(stack), properties),
                     std::move(filename));
}

}  // namespace

void InitReport(BindingBuilder& b) {
  b.Function<Configure>("configure");
  b.Function<Get>("get");
  b.Function<Write>("write");
}

}  // namespace gyre
