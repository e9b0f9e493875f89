#include "runtime/report/report.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/base/options.h"
#include "runtime/permission/permission.h"

namespace gyre {
namespace {

void WriteJavaScriptStack(JsonWriter& json, const ReportCause& cause) {
  json.BeginObject("javascriptStack");
  json.String("message", cause.message);
  if (!cause.stack.empty()) {
    json.BeginArray("stack");
    for (const std::string& line : cause.stack) json.String("", line);
    json.EndArray();
  }
  json.BeginObject("errorProperties");
  for (const auto& [key, value] : cause.error_properties) json.String(key, value);
  json.EndObject();
  json.EndObject();
}

void WriteHeapSpaces(JsonWriter& json, v8::Isolate* isolate) {
  json.BeginObject("heapSpaces");
  for (size_t i = 0; i < isolate->NumberOfHeapSpaces(); i++) {
    v8::HeapSpaceStatistics space;
    isolate->GetHeapSpaceStatistics(&space, i);
    json.BeginObject(space.space_name());
    json.Number("memorySize", space.space_size());
    json.Number("committedMemory", space.physical_space_size());
    json.Number("capacity", space.space_used_size() + space.space_available_size());
    json.Number("used", space.space_used_size());
    json.Number("available", space.space_available_size());
    json.EndObject();
  }
  json.EndObject();
}

void WriteHeap(JsonWriter& json, v8::Isolate* isolate) {
  v8::HeapStatistics heap;
  isolate->GetHeapStatistics(&heap);
  json.BeginObject("javascriptHeap");
  json.Number("totalMemory", heap.total_heap_size());
  json.Number("executableMemory", heap.total_heap_size_executable());
  json.Number("totalCommittedMemory", heap.total_physical_size());
  json.Number("availableMemory", heap.total_available_size());
  json.Number("totalGlobalHandlesMemory", heap.total_global_handles_size());
  json.Number("usedGlobalHandlesMemory", heap.used_global_handles_size());
  json.Number("usedMemory", heap.used_heap_size());
  json.Number("memoryLimit", heap.heap_size_limit());
  json.Number("mallocedMemory", heap.malloced_memory());
  json.Number("externalMemory", heap.external_memory());
  json.Number("peakMallocedMemory", heap.peak_malloced_memory());
  json.Number("nativeContextCount", heap.number_of_native_contexts());
  json.Number("detachedContextCount", heap.number_of_detached_contexts());
  json.Number("doesZapGarbage", heap.does_zap_garbage());
  WriteHeapSpaces(json, isolate);
  json.EndObject();
}

// False with errno set when not everything could be written.
bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(written);
  }
  return true;
}

std::string PathOf(const ReportSettings& settings, const std::string& filename) {
  if (settings.directory.empty() || filename.starts_with('/')) return filename;
  return absl::StrCat(settings.directory, "/", filename);
}

}  // namespace

ReportSettings::ReportSettings(Environment& env) {
  const Options& options = env.options();
  directory = options.GetString("--report-directory");
  filename = options.GetString("--report-filename");
  compact = options.GetBool("--report-compact");
  exclude_network = options.GetBool("--report-exclude-network");
  exclude_env = options.GetBool("--report-exclude-env");
  on_fatal_error = options.GetBool("--report-on-fatalerror");
}

std::string MakeReport(Environment& env, const ReportSettings& settings, const ReportCause& cause,
                       bool compact) {
  JsonWriter json(compact);
  json.BeginObject();
  WriteHeader(json, settings, cause);
  WriteJavaScriptStack(json, cause);
  WriteHeap(json, env.isolate());
  WriteNativeStack(json);
  WriteResourceUsage(json);
  WriteLoop(json, env, !settings.exclude_network);
  json.BeginArray("workers");
  json.EndArray();
  if (!settings.exclude_env) WriteEnvironmentVariables(json);
  WriteUserLimits(json);
  WriteSharedObjects(json);
  json.EndObject();
  return json.text();
}

std::string ReportFilename(int thread_id, int sequence) {
  time_t now = time(nullptr);
  tm local;
  localtime_r(&now, &local);
  return absl::StrFormat("report.%04d%02d%02d.%02d%02d%02d.%d.%d.%03d.json", local.tm_year + 1900,
                         local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec,
                         getpid(), thread_id, sequence);
}

std::string WriteReport(Environment& env, ReportCause cause, std::string filename) {
  const ReportSettings& settings = env.State<ReportSettings>();
  cause.filename = filename;
  const bool to_stream = filename == "stdout" || filename == "stderr";
  int fd = filename == "stdout" ? STDOUT_FILENO : STDERR_FILENO;
  if (!to_stream) {
    const std::string path = PathOf(settings, filename);
    if (env.State<Permission>().Permits(Scope::kFileSystemWrite, path)) {
      fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    } else {
      fd = -1;
      errno = EACCES;
    }
    if (fd == -1) {
      std::string where =
          settings.directory.empty() ? "" : absl::StrCat(" (directory: ", settings.directory, ")");
      fprintf(stderr, "\nFailed to open Node.js report file: %s%s (errno: %d)\n", filename.c_str(),
              where.c_str(), errno);
      return "";
    }
    fprintf(stderr, "\nWriting Node.js report to file: %s\n", filename.c_str());
  }
  std::string text = MakeReport(env, settings, cause, settings.compact);
  text.push_back('\n');
  if (!WriteAll(fd, text)) fprintf(stderr, "Failed to write the report (errno: %d)\n", errno);
  if (!to_stream) {
    close(fd);
    fprintf(stderr, "Node.js report completed\n");
  }
  fflush(stderr);
  return filename;
}

}  // namespace gyre
