#include "runtime/process/binding.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/log/check.h"
#include "runtime/base/exit_code.h"
#include "runtime/base/version.h"
#include "runtime/engine/isolate.h"
#include "runtime/engine/tracing.h"
#include "runtime/loop/handle.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/request.h"
#include "runtime/process/env.h"
#include "runtime/process/stack_text.h"
#include "runtime/process/trace_sigint.h"
#include "runtime/process/uncaught.h"
#include "runtime/process/versions.h"
#include "runtime/trace_events/start.h"
#include "uv.h"

namespace gyre {
namespace {

ProcessStart& Start() {
  static ProcessStart& start = *new ProcessStart;
  return start;
}

absl::StatusOr<std::string> Cwd() {
  std::string path(4096, '\0');
  size_t size = path.size();
  if (int error = uv_cwd(path.data(), &size); error != 0) return SystemError(error, "uv_cwd");
  path.resize(size);
  return path;
}

// `from` is the current directory for the message, empty if unknown.
absl::Status Chdir(const std::string& path) {
  int error = uv_chdir(path.c_str());
  if (error == 0) return absl::OkStatus();
  absl::StatusOr<std::string> from = Cwd();
  return SystemError(error, "chdir", from.ok() ? *from : "", path);
}

// The old mask; undefined only reads it.
uint32_t Umask(std::optional<uint32_t> mask) {
  mode_t old = umask(mask.value_or(0));
  if (!mask) umask(old);
  return old;
}

double Uptime() { return static_cast<double>(uv_hrtime() - Start().start_ns) / 1e9; }

// Fills a Float64Array: [seconds, nanoseconds].
void Hrtime(Bytes out) {
  CHECK_EQ(out.size(), 2 * sizeof(double));
  uint64_t now = uv_hrtime();
  auto* fields = reinterpret_cast<double*>(out.data());
  fields[0] = static_cast<double>(now / 1'000'000'000);
  fields[1] = static_cast<double>(now % 1'000'000'000);
}

v8::Local<v8::Value> HrtimeBigInt(Environment& env) {
  return v8::BigInt::NewFromUnsigned(env.isolate(), uv_hrtime());
}

// Nanoseconds of uv_hrtime's clock at the start of the process, for performance.timeOrigin.
double StartTime() { return static_cast<double>(Start().start_ns); }
double TimeOrigin() { return Start().start_ms; }
double Now() { return static_cast<double>(uv_hrtime()); }

// Milestones are marked once; JavaScript marks the end of the bootstrap itself.
void MarkMilestone(Environment& env) { Mark(env, &NodeMilestones::bootstrap_complete_ns); }

// performance.nodeTiming in nanoseconds of uv_hrtime's clock: nodeStart, v8Start, environment,
// bootstrapComplete, loopStart, loopExit; 0 for what has not happened.
std::vector<double> Milestones(Environment& env) {
  const NodeMilestones& at = env.State<NodeMilestones>();
  std::vector<double> result;
  for (uint64_t ns : {Start().node_start_ns, Start().v8_start_ns, at.environment_ns,
                      at.bootstrap_complete_ns, at.loop_start_ns, at.loop_exit_ns}) {
    result.push_back(static_cast<double>(ns));
  }
  return result;
}

double Microseconds(const uv_timeval_t& time) { return 1e6 * time.tv_sec + time.tv_usec; }

// [user, system] in microseconds.
absl::StatusOr<std::vector<double>> Cpu(int (*usage)(uv_rusage_t*), const char* syscall) {
  uv_rusage_t r;
  if (int error = usage(&r); error != 0) return SystemError(error, syscall);
  return std::vector<double>{Microseconds(r.ru_utime), Microseconds(r.ru_stime)};
}
absl::StatusOr<std::vector<double>> CpuUsage() { return Cpu(uv_getrusage, "uv_getrusage"); }
absl::StatusOr<std::vector<double>> ThreadCpuUsage() {
  return Cpu(uv_getrusage_thread, "uv_getrusage_thread");
}

absl::StatusOr<std::vector<double>> ResourceUsage() {
  uv_rusage_t r;
  if (int error = uv_getrusage(&r); error != 0) return SystemError(error, "uv_getrusage");
  std::vector<double> fields = {Microseconds(r.ru_utime), Microseconds(r.ru_stime)};
  for (uint64_t field : {r.ru_maxrss, r.ru_ixrss, r.ru_idrss, r.ru_isrss, r.ru_minflt, r.ru_majflt,
                         r.ru_nswap, r.ru_inblock, r.ru_oublock, r.ru_msgsnd, r.ru_msgrcv,
                         r.ru_nsignals, r.ru_nvcsw, r.ru_nivcsw}) {
    fields.push_back(static_cast<double>(field));
  }
  return fields;
}

absl::StatusOr<double> Rss() {
  size_t rss;
  if (int error = uv_resident_set_memory(&rss); error != 0) {
    return SystemError(error, "uv_resident_set_memory");
  }
  return static_cast<double>(rss);
}

// [rss, heapTotal, heapUsed, external, arrayBuffers] in bytes.
absl::StatusOr<std::vector<double>> MemoryUsage(Environment& env) {
  absl::StatusOr<double> rss = Rss();
  if (!rss.ok()) return rss.status();
  v8::HeapStatistics heap;
  env.isolate()->GetHeapStatistics(&heap);
  const auto array_buffers = static_cast<double>(ArrayBufferBytes(env.isolate()));
  return std::vector<double>{*rss, static_cast<double>(heap.total_heap_size()),
                             static_cast<double>(heap.used_heap_size()),
                             static_cast<double>(heap.external_memory()), array_buffers};
}

double ConstrainedMemory() { return static_cast<double>(uv_get_constrained_memory()); }
double AvailableMemory() { return static_cast<double>(uv_get_available_memory()); }

int32_t Kill(int32_t pid, int32_t signal) { return uv_kill(pid, signal); }

// The number of a user or group that JavaScript gave by number or name; -1 when there is none of
// that name.
int64_t UserId(Environment& env, v8::Local<v8::Value> value) {
  if (value->IsNumber()) return FromV8<uint32_t>(env, value);
  passwd* entry = getpwnam(FromV8<std::string>(env, value).c_str());
  return entry == nullptr ? -1 : static_cast<int64_t>(entry->pw_uid);
}
int64_t GroupId(Environment& env, v8::Local<v8::Value> value) {
  if (value->IsNumber()) return FromV8<uint32_t>(env, value);
  group* entry = getgrnam(FromV8<std::string>(env, value).c_str());
  return entry == nullptr ? -1 : static_cast<int64_t>(entry->gr_gid);
}

// Answers 1 for an unknown name, so that JavaScript can throw ERR_UNKNOWN_CREDENTIAL.
template <int64_t (*Lookup)(Environment&, v8::Local<v8::Value>), int (*Set)(unsigned)>
absl::StatusOr<int32_t> SetId(Environment& env, v8::Local<v8::Value> value,
                              const std::string& syscall) {
  int64_t id = Lookup(env, value);
  if (id < 0) return 1;
  if (Set(static_cast<unsigned>(id)) != 0) return SystemError(-errno, syscall);
  return 0;
}

double GetUid() { return getuid(); }
double GetEuid() { return geteuid(); }
double GetGid() { return getgid(); }
double GetEgid() { return getegid(); }

absl::StatusOr<std::vector<double>> GetGroups() {
  int count = getgroups(0, nullptr);
  if (count < 0) return SystemError(-errno, "getgroups");
  std::vector<gid_t> groups(count);
  count = getgroups(count, groups.data());
  if (count < 0) return SystemError(-errno, "getgroups");
  std::vector<double> result(groups.begin(), groups.begin() + count);
  // POSIX leaves open whether the effective group is among them.
  bool has_effective = false;
  for (double group : result) has_effective |= group == getegid();
  if (!has_effective) result.push_back(getegid());
  return result;
}

// The index + 1 of a group of unknown name, or 0.
absl::StatusOr<int32_t> SetGroups(Environment& env, v8::Local<v8::Array> list) {
  std::vector<gid_t> groups;
  for (uint32_t i = 0; i < list->Length(); i++) {
    int64_t id = GroupId(env, list->Get(env.context(), i).ToLocalChecked());
    if (id < 0) return static_cast<int32_t>(i + 1);
    groups.push_back(static_cast<gid_t>(id));
  }
  if (setgroups(groups.size(), groups.data()) != 0) return SystemError(-errno, "setgroups");
  return 0;
}

// 1: no such user, 2: no such group.
absl::StatusOr<int32_t> InitGroups(Environment& env, v8::Local<v8::Value> user,
                                   v8::Local<v8::Value> extra) {
  std::string name;
  if (user->IsNumber()) {
    passwd* entry = getpwuid(FromV8<uint32_t>(env, user));
    if (entry == nullptr) return 1;
    name = entry->pw_name;
  } else {
    name = FromV8<std::string>(env, user);
  }
  int64_t group = GroupId(env, extra);
  if (group < 0) return 2;
  if (initgroups(name.c_str(), static_cast<gid_t>(group)) != 0) {
    return SystemError(-errno, "initgroups");
  }
  return 0;
}

std::string GetTitle() {
  char title[512];
  return uv_get_process_title(title, sizeof(title)) == 0 ? title : "";
}
void SetTitle(const std::string& title) {
  uv_set_process_title(title.c_str());
  if (Tracing::Instance().started()) TraceProcessTitle();
}

double Pid() { return uv_os_getpid(); }
double Ppid() { return uv_os_getppid(); }

std::string CurrentStack(Environment& env) {
  const auto limit = static_cast<int>(env.options().GetInt("--stack-trace-limit"));
  return StackText(env, v8::StackTrace::CurrentStackTrace(env.isolate(), limit));
}

void ReallyExit(Environment& env, int32_t code) { Exit(env, code); }
[[noreturn]] void Abort() { abort(); }

// Straight to the descriptor: for what must come out whatever state the process is in.
void WriteStderr(const std::string& text) {
  size_t done = 0;
  while (done < text.size()) {
    ssize_t written = write(STDERR_FILENO, text.data() + done, text.size() - done);
    if (written < 0 && errno != EINTR && errno != EAGAIN) return;
    if (written > 0) done += static_cast<size_t>(written);
  }
}

// Puts another program in the process's place; the name of the error when the kernel refuses.
std::string Execve(const std::string& path, const std::vector<std::string>& args,
                   const std::vector<std::string>& environment) {
  auto pointers = [](const std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
    result.push_back(nullptr);
    return result;
  };
  std::vector<char*> argv = pointers(args);
  std::vector<char*> envp = pointers(environment);
  // The standard streams go on; everything else is closed by the kernel.
  close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
  for (int fd = 0; fd <= 2; fd++) fcntl(fd, F_SETFD, 0);
  uv_tty_reset_mode();
  execve(path.c_str(), argv.data(), envp.data());
  return uv_err_name(-errno);
}

// Of the requests in flight, by async_hooks' names; the oldest first.
std::vector<std::string> ActiveRequestTypes(Environment& env) {
  std::vector<std::string> types;
  Loop::From(env).requests().ForEach([&](Request& request) { types.push_back(request.type()); });
  return types;
}

// [type, object, ...] of the handles that keep the loop alive.
v8::Local<v8::Value> ActiveHandles(Environment& env) {
  std::vector<v8::Local<v8::Value>> pairs;
  Loop::From(env).handles().ForEach([&](Handle& handle) {
    if (!handle.HasRef()) return;
    pairs.push_back(ToV8(env, handle.type()));
    pairs.push_back(handle.object());
  });
  return v8::Array::New(env.isolate(), pairs.data(), pairs.size());
}

// A list of [name, version].
v8::Local<v8::Value> Versions(Environment& env) {
  std::vector<v8::Local<v8::Value>> entries;
  for (const auto& [name, version] : ComponentVersions()) {
    v8::Local<v8::Value> entry[] = {ToV8(env, name), ToV8(env, version)};
    entries.push_back(v8::Array::New(env.isolate(), entry, std::size(entry)));
  }
  return v8::Array::New(env.isolate(), entries.data(), entries.size());
}

void FillRelease(BindingBuilder& c) {
  const NodeRelease release = GetNodeRelease();
  c.Constant("name", release.name);
  c.Constant("lts", release.lts);
  c.Constant("sourceUrl", release.source_url);
  c.Constant("headersUrl", release.headers_url);
}

v8::Local<v8::Value> GetStart(Environment& env) {
  const ProcessStart& start = Start();
  v8::Local<v8::Value> fields[] = {ToV8(env, start.argv0), ToV8(env, start.exec_path),
                                   ToV8(env, start.exec_argv), ToV8(env, start.arguments),
                                   ToV8(env, start.has_eval)};
  return v8::Array::New(env.isolate(), fields, std::size(fields));
}

void ExposeGc(Environment& env) {
  // --expose-gc in a realm from a snapshot made without it: V8 adds the function to new contexts
  // only.
  v8::V8::SetFlagsFromString("--expose-gc");
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Context> other = v8::Context::New(isolate);
  v8::Local<v8::String> name = ToV8(env, "gc").As<v8::String>();
  v8::Local<v8::Value> gc = other->Global()->Get(other, name).ToLocalChecked();
  env.context()->Global()->DefineOwnProperty(env.context(), name, gc, v8::DontEnum).Check();
}

}  // namespace

void SetProcessStart(ProcessStart start) { Start() = std::move(start); }
const ProcessStart& GetProcessStart() { return Start(); }

void Mark(Environment& env, uint64_t NodeMilestones::* milestone) {
  uint64_t& ns = env.State<NodeMilestones>().*milestone;
  if (ns == 0) ns = uv_hrtime();
}

void InitProcess(BindingBuilder& b) {
  b.Function<Cwd>("cwd");
  b.Function<Chdir>("chdir");
  b.Function<Umask>("umask");
  b.Function<Uptime>("uptime");
  b.Function<Hrtime>("hrtime");
  b.Function<HrtimeBigInt>("hrtimeBigInt");
  b.Function<StartTime>("startTime");
  b.Function<TimeOrigin>("timeOrigin");
  b.Function<Now>("now");
  b.Function<CpuUsage>("cpuUsage");
  b.Function<ThreadCpuUsage>("threadCpuUsage");
  b.Function<ResourceUsage>("resourceUsage");
  b.Function<Rss>("rss");
  b.Function<MemoryUsage>("memoryUsage");
  b.Function<ConstrainedMemory>("constrainedMemory");
  b.Function<AvailableMemory>("availableMemory");
  b.Function<Kill>("kill");
  b.Function<GetUid>("getuid");
  b.Function<GetEuid>("geteuid");
  b.Function<GetGid>("getgid");
  b.Function<GetEgid>("getegid");
  b.Function<SetId<UserId, setuid>>("setuid");
  b.Function<SetId<UserId, seteuid>>("seteuid");
  b.Function<SetId<GroupId, setgid>>("setgid");
  b.Function<SetId<GroupId, setegid>>("setegid");
  b.Function<GetGroups>("getgroups");
  b.Function<SetGroups>("setgroups");
  b.Function<InitGroups>("initgroups");
  b.Function<GetTitle>("getTitle");
  b.Function<SetTitle>("setTitle");
  b.Function<Pid>("pid");
  b.Function<Ppid>("ppid");
  b.Function<ReallyExit>("reallyExit");
  b.Function<Abort>("abort");
  b.Function<Execve>("execve");
  b.Function<CurrentStack>("currentStack");
  b.Function<WriteStderr>("writeStderr");
  b.Function<ActiveHandles>("activeHandles");
  b.Function<ActiveRequestTypes>("activeRequestTypes");
  b.Function<GetStart>("getStart");
  b.Function<MakeProcessEnv>("makeEnv");
  b.Function<ExposeGc>("exposeGc");
  b.Function<TraceSigint>("traceSigint");
  b.Function<MarkMilestone>("markMilestone");
  b.Function<Milestones>("milestones");
  b.Function<Versions>("versions");
  b.Object("release", FillRelease);
  b.Object("exitCodes", [](BindingBuilder& c) {
    c.Constant("kGenericUserError", exit_code::kGenericUserError);
    c.Constant("kInvalidArgument", exit_code::kInvalidArgument);
    c.Constant("kInvalidDebugArgument", exit_code::kInvalidDebugArgument);
    c.Constant("kUnsettledTopLevelAwait", exit_code::kUnsettledTopLevelAwait);
  });
}

}  // namespace gyre
