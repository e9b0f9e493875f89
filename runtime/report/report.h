#ifndef GYRE_REPORT_REPORT_H_
#define GYRE_REPORT_REPORT_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/report/json_writer.h"

namespace gyre {

// The diagnostic report, https://nodejs.org/api/report.html: what process.report and the --report-*
// options write.

// What the options and process.report's properties say.
struct ReportSettings {
  explicit ReportSettings(Environment& env);
  std::string directory;
  std::string filename;
  bool compact;
  bool exclude_network;
  bool exclude_env;
  bool on_fatal_error;
};

// What caused a report. A report without an environment (V8 cannot be asked any more) has neither
// libuv's handles nor the heap.
struct ReportCause {
  std::string event;
  std::string trigger;
  std::optional<std::string> filename;
  std::optional<int> thread_id;
  std::string message = "No stack.";
  std::vector<std::string> stack = {"Unavailable."};
  std::vector<std::pair<std::string, std::string>> error_properties;
};

std::string MakeReport(Environment& env, const ReportSettings& settings, const ReportCause& cause,
                       bool compact);

// The name for a report that was not given one: report.DATE.TIME.PID.THREAD.NUMBER.json.
std::string ReportFilename(int thread_id, int sequence);

// Writes a report where the settings say (or to `filename`), with Node's two lines on stderr. The
// name of the file; empty when it could not be opened.
std::string WriteReport(Environment& env, ReportCause cause, std::string filename);

// --- Sections, by where they are written --------------------------------------------------------

// system_sections.cc
void WriteHeader(JsonWriter& json, const ReportSettings& settings, const ReportCause& cause);
void WriteNativeStack(JsonWriter& json);
void WriteResourceUsage(JsonWriter& json);
void WriteEnvironmentVariables(JsonWriter& json);
void WriteUserLimits(JsonWriter& json);
void WriteSharedObjects(JsonWriter& json);

// loop_section.cc
void WriteLoop(JsonWriter& json, Environment& env, bool resolve_names);

}  // namespace gyre

#endif  // GYRE_REPORT_REPORT_H_
