#ifndef GYRE_ENGINE_TRACING_H_
#define GYRE_ENGINE_TRACING_H_

#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "v8-platform.h"

namespace gyre {

// What happened, on the calling thread.
struct TraceEvent {
  char phase = 'I';  // of the Trace Event Format: B, E, X, I, C, M, b, n, e
  std::string_view name;
  bool has_id = false;
  uint64_t id = 0;
  std::string_view args = {};  // members of a JSON object
  int64_t at_us = -1;          // of the steady clock; -1: now
  int64_t thread_at_us = -1;
  int64_t duration_us = 0;
  int64_t thread_duration_us = 0;
};

// Trace events of the process: V8's, the runtime's and those of built-ins, in a file for
// chrome://tracing. An event belongs to a group of categories, "node,node.fs,node.fs.sync", and is
// recorded while any of them is enabled. Any thread may record; while nothing is enabled, an event
// costs the test of one byte.
class Tracing final : public v8::TracingController {
 public:
  static Tracing& Instance();

  // "node_trace.${rotation}.log" and the like. Before the first Enable().
  void SetFilePattern(std::string pattern);

  // A category counts as often as it was enabled.
  void Enable(std::span<const std::string> categories);
  void Disable(std::span<const std::string> categories);
  std::set<std::string> Enabled();

  // Whether anything was ever enabled: then there is a file.
  bool started() const { return started_; }

  // About the process or the calling thread: each file ends with these.
  void Describe(std::string_view name, std::string_view args);
  // A thread_name, once per thread.
  void NameThread(std::string_view name);

  void Record(const uint8_t* enabled, const TraceEvent& event);

  // What was recorded goes to the file, which becomes complete JSON. Later events are dropped.
  void Finish();

  // v8::TracingController.
  const uint8_t* GetCategoryGroupEnabled(const char* group) override;
  uint64_t AddTraceEvent(char phase, const uint8_t* enabled, const char* name, const char* scope,
                         uint64_t id, uint64_t bind_id, int32_t arg_count, const char** arg_names,
                         const uint8_t* arg_types, const uint64_t* arg_values,
                         std::unique_ptr<v8::ConvertableToTraceFormat>* convertables,
                         unsigned int flags) override;
  uint64_t AddTraceEventWithTimestamp(char phase, const uint8_t* enabled, const char* name,
                                      const char* scope, uint64_t id, uint64_t bind_id,
                                      int32_t arg_count, const char** arg_names,
                                      const uint8_t* arg_types, const uint64_t* arg_values,
                                      std::unique_ptr<v8::ConvertableToTraceFormat>* convertables,
                                      unsigned int flags, int64_t at_us) override;
  void UpdateTraceEventDuration(const uint8_t* enabled, const char* name, uint64_t handle) override;
  void AddTraceStateObserver(TraceStateObserver* observer) override;
  void RemoveTraceStateObserver(TraceStateObserver* observer) override;

 private:
  struct Group {
    std::string names;
    uint8_t enabled = 0;
  };
  // A complete event of V8's whose end is yet to come.
  struct Open {
    const uint8_t* enabled;
    std::string name;
    std::string args;
    int64_t at_us;
    int64_t thread_at_us;
  };

  Tracing() = default;
  bool IsEnabled(std::string_view names) const;
  void UpdateGroups();
  void Append(const uint8_t* enabled, const TraceEvent& event);
  void WriteText();
  void OpenNextFile();
  void CompleteFile();

  std::mutex mutex_;
  bool started_ = false;
  bool finished_ = false;
  std::string file_pattern_ = "node_trace.${rotation}.log";
  int rotation_ = 0;
  int fd_ = -1;
  int events_in_file_ = 0;
  std::string text_;  // of the file, not yet written
  std::string descriptions_;
  std::multiset<std::string> categories_;
  std::deque<Group> groups_;
  absl::flat_hash_map<const uint8_t*, const Group*> group_of_;
  uint64_t last_handle_ = 0;
  absl::flat_hash_map<uint64_t, Open> open_;
  std::vector<TraceStateObserver*> observers_;
};

// The clocks of TraceEvent::at_us and thread_at_us.
int64_t TraceClock();
int64_t TraceThreadClock();

// A group of categories that code of ours records under: a static variable of a function.
class TraceGroup {
 public:
  explicit TraceGroup(const char* names)
      : enabled_(Tracing::Instance().GetCategoryGroupEnabled(names)) {}
  bool enabled() const { return *enabled_ != 0; }
  void Record(const TraceEvent& event) const {
    if (enabled()) Tracing::Instance().Record(enabled_, event);
  }

 private:
  const uint8_t* const enabled_;
};

// A scope as one complete event.
class TraceSpan {
 public:
  TraceSpan(const TraceGroup& group, const char* name);
  ~TraceSpan();
  TraceSpan(const TraceSpan&) = delete;
  TraceSpan& operator=(const TraceSpan&) = delete;

 private:
  const TraceGroup& group_;
  const char* const name_;
  int64_t at_us_ = -1;
  int64_t thread_at_us_ = -1;
};

}  // namespace gyre

#endif  // GYRE_ENGINE_TRACING_H_
