#include "runtime/engine/tracing.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "runtime/base/json_quote.h"

namespace gyre {
namespace {

constexpr size_t kWriteBytes = 64 * 1024;
constexpr int kEventsPerFile = 1 << 19;

// Of V8's trace macros.
enum ArgType : uint8_t {
  kBool = 1,
  kUint = 2,
  kInt = 3,
  kDouble = 4,
  kPointer = 5,
  kString = 6,
  kCopiedString = 7,
  kConvertable = 8
};
constexpr unsigned int kHasId = 1 << 1;

int64_t MicrosecondsOf(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

void AppendValue(uint8_t type, uint64_t value, v8::ConvertableToTraceFormat* convertable,
                 std::string* json) {
  switch (type) {
    case kBool:
      json->append(value != 0 ? "true" : "false");
      return;
    case kUint:
      absl::StrAppend(json, value);
      return;
    case kInt:
      absl::StrAppend(json, static_cast<int64_t>(value));
      return;
    case kDouble: {
      const double number = std::bit_cast<double>(value);
      if (std::isfinite(number)) {
        absl::StrAppendFormat(json, "%.17g", number);
      } else {
        json->append(std::isnan(number) ? "\"NaN\""
                     : number > 0       ? "\"Infinity\""
                                        : "\"-Infinity\"");
      }
      return;
    }
    case kPointer:
      absl::StrAppendFormat(json, "\"0x%x\"", value);
      return;
    case kString:
    case kCopiedString: {
      const char* text = reinterpret_cast<const char*>(value);
      AppendJsonString(text == nullptr ? "NULL" : text, json);
      return;
    }
    case kConvertable:
      convertable->AppendAsTraceFormat(json);
      return;
    default:
      json->append("null");
  }
}

std::string ArgumentsText(int32_t count, const char** names, const uint8_t* types,
                          const uint64_t* values,
                          std::unique_ptr<v8::ConvertableToTraceFormat>* convertables) {
  std::string json;
  for (int32_t i = 0; i < count; i++) {
    if (i > 0) json.push_back(',');
    AppendJsonString(names[i], &json);
    json.push_back(':');
    AppendValue(types[i], values[i], convertables == nullptr ? nullptr : convertables[i].get(),
                &json);
  }
  return json;
}

// All of one event but its comma.
void AppendEvent(std::string_view category, const TraceEvent& event, std::string* json) {
  absl::StrAppend(json, "{\"pid\":", getpid(), ",\"tid\":", syscall(SYS_gettid),
                  ",\"ts\":", event.at_us >= 0 ? event.at_us : TraceClock(),
                  ",\"tts\":", event.thread_at_us >= 0 ? event.thread_at_us : TraceThreadClock(),
                  ",\"ph\":\"", std::string_view(&event.phase, 1), "\",\"cat\":");
  AppendJsonString(category, json);
  json->append(",\"name\":");
  AppendJsonString(event.name, json);
  absl::StrAppend(json, ",\"dur\":", event.duration_us, ",\"tdur\":", event.thread_duration_us);
  if (event.has_id) absl::StrAppendFormat(json, ",\"id\":\"0x%x\"", event.id);
  absl::StrAppend(json, ",\"args\":{", event.args, "}}");
}

}  // namespace

int64_t TraceClock() { return MicrosecondsOf(CLOCK_MONOTONIC); }
int64_t TraceThreadClock() { return MicrosecondsOf(CLOCK_THREAD_CPUTIME_ID); }

Tracing& Tracing::Instance() {
  static Tracing* const instance = new Tracing;  // V8's threads may outlive everything
  return *instance;
}

void Tracing::SetFilePattern(std::string pattern) {
  std::lock_guard lock(mutex_);
  file_pattern_ = std::move(pattern);
}

void Tracing::Enable(std::span<const std::string> categories) {
  std::vector<TraceStateObserver*> observers;
  {
    std::lock_guard lock(mutex_);
    started_ = true;
    categories_.insert(categories.begin(), categories.end());
    UpdateGroups();
    observers = observers_;
  }
  for (TraceStateObserver* observer : observers) observer->OnTraceEnabled();
}

void Tracing::Disable(std::span<const std::string> categories) {
  std::vector<TraceStateObserver*> observers;
  {
    std::lock_guard lock(mutex_);
    for (const std::string& category : categories) {
      if (auto found = categories_.find(category); found != categories_.end()) {
        categories_.erase(found);
      }
    }
    UpdateGroups();
    if (categories_.empty()) observers = observers_;
  }
  for (TraceStateObserver* observer : observers) observer->OnTraceDisabled();
}

std::set<std::string> Tracing::Enabled() {
  std::lock_guard lock(mutex_);
  return std::set<std::string>(categories_.begin(), categories_.end());
}

bool Tracing::IsEnabled(std::string_view names) const {
  if (finished_) return false;
  for (std::string_view name : absl::StrSplit(names, ',')) {
    if (categories_.contains(std::string(absl::StripAsciiWhitespace(name)))) return true;
  }
  return false;
}

void Tracing::UpdateGroups() {
  for (Group& group : groups_) {
    __atomic_store_n(&group.enabled, IsEnabled(group.names) ? 1 : 0, __ATOMIC_RELAXED);
  }
}

const uint8_t* Tracing::GetCategoryGroupEnabled(const char* names) {
  std::lock_guard lock(mutex_);
  for (const Group& group : groups_) {
    if (group.names == names) return &group.enabled;
  }
  Group& group = groups_.emplace_back();
  group.names = names;
  group.enabled = IsEnabled(names) ? 1 : 0;
  group_of_[&group.enabled] = &group;
  return &group.enabled;
}

void Tracing::Describe(std::string_view name, std::string_view args) {
  std::lock_guard lock(mutex_);
  if (!descriptions_.empty()) descriptions_.push_back(',');
  AppendEvent("__metadata", {.phase = 'M', .name = name, .args = args}, &descriptions_);
}

void Tracing::NameThread(std::string_view name) {
  static thread_local bool named = false;
  if (std::exchange(named, true)) return;
  std::string args = "\"name\":";
  AppendJsonString(name, &args);
  Describe("thread_name", args);
}

void Tracing::Record(const uint8_t* enabled, const TraceEvent& event) {
  std::lock_guard lock(mutex_);
  Append(enabled, event);
}

void Tracing::Append(const uint8_t* enabled, const TraceEvent& event) {
  if (finished_) return;
  if (events_in_file_ > 0) text_.push_back(',');
  AppendEvent(group_of_[enabled]->names, event, &text_);
  events_in_file_++;
  if (text_.size() >= kWriteBytes) WriteText();
  if (events_in_file_ >= kEventsPerFile) CompleteFile();
}

uint64_t Tracing::AddTraceEvent(char phase, const uint8_t* enabled, const char* name,
                                const char* scope, uint64_t id, uint64_t bind_id, int32_t arg_count,
                                const char** arg_names, const uint8_t* arg_types,
                                const uint64_t* arg_values,
                                std::unique_ptr<v8::ConvertableToTraceFormat>* convertables,
                                unsigned int flags) {
  return AddTraceEventWithTimestamp(phase, enabled, name, scope, id, bind_id, arg_count, arg_names,
                                    arg_types, arg_values, convertables, flags, TraceClock());
}

uint64_t Tracing::AddTraceEventWithTimestamp(
    char phase, const uint8_t* enabled, const char* name, const char*, uint64_t id, uint64_t,
    int32_t arg_count, const char** arg_names, const uint8_t* arg_types, const uint64_t* arg_values,
    std::unique_ptr<v8::ConvertableToTraceFormat>* convertables, unsigned int flags,
    int64_t at_us) {
  std::string args = ArgumentsText(arg_count, arg_names, arg_types, arg_values, convertables);
  std::lock_guard lock(mutex_);
  if (phase == 'X') {
    open_[++last_handle_] = {enabled, name, std::move(args), at_us, TraceThreadClock()};
    return last_handle_;
  }
  Append(enabled, {.phase = phase,
                   .name = name,
                   .has_id = (flags & kHasId) != 0,
                   .id = id,
                   .args = args,
                   .at_us = at_us});
  return 0;
}

void Tracing::UpdateTraceEventDuration(const uint8_t*, const char*, uint64_t handle) {
  std::lock_guard lock(mutex_);
  auto found = open_.find(handle);
  if (found == open_.end()) return;
  const Open event = std::move(found->second);
  open_.erase(found);
  Append(event.enabled, {.phase = 'X',
                         .name = event.name,
                         .args = event.args,
                         .at_us = event.at_us,
                         .thread_at_us = event.thread_at_us,
                         .duration_us = TraceClock() - event.at_us,
                         .thread_duration_us = TraceThreadClock() - event.thread_at_us});
}

void Tracing::AddTraceStateObserver(TraceStateObserver* observer) {
  bool enabled;
  {
    std::lock_guard lock(mutex_);
    observers_.push_back(observer);
    enabled = !categories_.empty();
  }
  if (enabled) observer->OnTraceEnabled();
}

void Tracing::RemoveTraceStateObserver(TraceStateObserver* observer) {
  std::lock_guard lock(mutex_);
  std::erase(observers_, observer);
}

void Tracing::OpenNextFile() {
  const std::string path = absl::StrReplaceAll(
      file_pattern_,
      {{"${pid}", absl::StrCat(getpid())}, {"${rotation}", absl::StrCat(++rotation_)}});
  fd_ = open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ >= 0) {
    text_.insert(0, "{\"traceEvents\":[");
    return;
  }
  fprintf(stderr, "Could not open trace file %s: %s\n", path.c_str(), strerror(errno));
  finished_ = true;
  UpdateGroups();
}

void Tracing::WriteText() {
  if (fd_ < 0) OpenNextFile();
  const std::string text = std::exchange(text_, {});
  size_t done = 0;
  while (fd_ >= 0 && done < text.size()) {
    const ssize_t written = write(fd_, text.data() + done, text.size() - done);
    if (written < 0 && errno != EINTR) return;
    if (written > 0) done += static_cast<size_t>(written);
  }
}

void Tracing::CompleteFile() {
  if (events_in_file_ > 0 && !descriptions_.empty()) text_.push_back(',');
  absl::StrAppend(&text_, descriptions_, "]}");
  WriteText();
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  events_in_file_ = 0;
}

void Tracing::Finish() {
  std::lock_guard lock(mutex_);
  if (!started_ || finished_) return;
  CompleteFile();
  finished_ = true;
  UpdateGroups();
}

TraceSpan::TraceSpan(const TraceGroup& group, const char* name) : group_(group), name_(name) {
  if (!group.enabled()) return;
  at_us_ = TraceClock();
  thread_at_us_ = TraceThreadClock();
}

TraceSpan::~TraceSpan() {
  if (at_us_ < 0) return;
  group_.Record({.phase = 'X',
                 .name = name_,
                 .at_us = at_us_,
                 .thread_at_us = thread_at_us_,
                 .duration_us = TraceClock() - at_us_,
                 .thread_duration_us = TraceThreadClock() - thread_at_us_});
}

}  // namespace gyre
