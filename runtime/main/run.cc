#include "runtime/main/run.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "runtime/base/exit_code.h"
#include "runtime/base/json_quote.h"
#include "runtime/base/options.h"
#include "runtime/bootstrap/realm.h"
#include "runtime/crypto/start.h"
#include "runtime/engine/builtins.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/engine/environment.h"
#include "runtime/engine/platform.h"
#include "runtime/engine/tracing.h"
#include "runtime/glue/registry.h"
#include "runtime/inspector/agent.h"
#include "runtime/inspector/start_signal.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/main/bindings.h"
#include "runtime/main/help.h"
#include "runtime/main/snapshot.h"
#include "runtime/main/snapshot_file.h"
#include "runtime/main/startup_files.h"
#include "runtime/modules/compile_cache.h"
#include "runtime/process/binding.h"
#include "runtime/process/sync_io.h"
#include "runtime/process/uncaught.h"
#include "runtime/trace_events/start.h"
#include "unicode/putil.h"
#include "unicode/uclean.h"
#include "uv.h"
#include "v8-profiler.h"

// Linked in by coverage builds only.
extern "C" __attribute__((weak)) int __llvm_profile_write_file();

namespace gyre {
namespace {

// What Node sets up before anything else: open standard streams, default signal dispositions, no
// SIGPIPE, as many file descriptors as the hard limit allows.
void PreparePlatform() {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", O_RDWR) != fd) abort();
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

const TraceGroup& Milestones() {
  static const TraceGroup group("node,node.environment");
  return group;
}

// The life of the main thread's environment.
void TraceEnvironment(Environment& env, char phase, std::string_view args) {
  Milestones().Record({.phase = phase,
                       .name = "Environment",
                       .has_id = true,
                       .id = reinterpret_cast<uintptr_t>(&env),
                       .args = args});
}

std::string StartArguments() {
  if (!Milestones().enabled()) return "";
  const ProcessStart& start = GetProcessStart();
  auto append = [](const std::vector<std::string>& list, std::string* json) {
    for (size_t i = 0; i < list.size(); i++) {
      json->append(i == 0 ? "" : ",");
      AppendJsonString(list[i], json);
    }
  };
  std::vector<std::string> words = {start.exec_path};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::string json = "\"args\":{\"args\":[";
  append(words, &json);
  json.append("],\"exec_args\":[");
  append(start.exec_argv, &json);
  return json + "]}";
}

// When start-up came how far.
void TraceMilestones(Environment& env) {
  static const TraceGroup group("node,node.bootstrap");
  const ProcessStart& start = GetProcessStart();
  const NodeMilestones& reached = env.State<NodeMilestones>();
  const struct {
    const char* name;
    uint64_t ns;
  } milestones[] = {
      {"environment", reached.environment_ns}, {"nodeStart", start.node_start_ns},
      {"v8Start", start.v8_start_ns},          {"bootstrapComplete", reached.bootstrap_complete_ns},
      {"loopStart", reached.loop_start_ns},    {"loopExit", reached.loop_exit_ns},
  };
  for (const auto& [name, ns] : milestones) {
    group.Record({.phase = 'I', .name = name, .at_us = static_cast<int64_t>(ns / 1000)});
  }
}

void FinishEnvironment(Environment& env) {
  WaitForInspectorAtExit(env);
  env.State<CompileCache>().Save();
  {
    const TraceSpan span(Milestones(), "RunCleanup");
    env.State<CleanupHooks>().Run();
  }
  {
    const TraceSpan span(Milestones(), "AtExit");
  }
  TraceEnvironment(env, 'e', {});
}

[[noreturn]] void FinishProcess(int code) {
  Tracing::Instance().Finish();
  fflush(nullptr);
  uv_tty_reset_mode();
  if (__llvm_profile_write_file != nullptr) __llvm_profile_write_file();
  // Nothing is torn down: the kernel does it faster, and V8's threads may still be at work.
  _exit(code);
}

[[noreturn]] void LeaveProcess(Environment& env, int code) {
  FinishEnvironment(env);
  FinishProcess(code);
}

// Data that is newer than what is linked in, or for more locales.
bool SetIcuData(const Options& options) {
  std::string directory = options.GetString("--icu-data-dir");
  const char* variable = getenv("NODE_ICU_DATA");
  if (directory.empty() && variable != nullptr) directory = variable;
  if (directory.empty()) return true;
  u_setDataDirectory(directory.c_str());
  UErrorCode status = U_ZERO_ERROR;
  u_init(&status);
  return U_SUCCESS(status);
}

// --max-old-space-size-percentage: of the memory that the process may have.
std::string OldSpaceFlag(double percentage) {
  const uint64_t constrained = uv_get_constrained_memory();
  const uint64_t total = uv_get_total_memory();
  const double bytes =
      static_cast<double>(constrained > 0 && constrained < total ? constrained : total);
  return absl::StrCat("--max-old-space-size=",
                      static_cast<uint64_t>(bytes * percentage / 100 / (1024 * 1024)));
}

// Hands V8 its flags; the ones it does not know are the user's mistake.
bool SetV8Flags(const CommandLine& line, const char* program) {
  Platform::SetDefaultFlags();
  std::vector<char*> argv = {const_cast<char*>(program)};
  std::vector<std::string> flags = line.v8_flags;
  if (line.options.GetBool("--experimental-shadow-realm")) {
    flags.emplace_back("--harmony-shadow-realm");
  }
  for (std::string& flag : flags) argv.push_back(flag.data());
  int argc = static_cast<int>(argv.size());
  v8::V8::SetFlagsFromCommandLine(&argc, argv.data(), true);
  for (int i = 1; i < argc; i++) fprintf(stderr, "%s: bad option: %s\n", program, argv[i]);
  if (argc > 1) return false;
  if (const std::string& text = line.options.GetString("--max-old-space-size-percentage");
      !text.empty()) {
    double percentage = 0;
    if (!absl::SimpleAtod(text, &percentage) || percentage <= 0 || percentage > 100) {
      fprintf(stderr,
              "%s: --max-old-space-size-percentage must be greater than 0 and up to 100. Got: %s\n",
              program, text.c_str());
      return false;
    }
    v8::V8::SetFlagsFromString(OldSpaceFlag(percentage).c_str());
  }
  if (int64_t limit = line.options.GetInt("--stack-trace-limit"); limit != 10) {
    v8::V8::SetFlagsFromString(("--stack-trace-limit=" + std::to_string(limit)).c_str());
  }
  return true;
}

std::string ExecutablePath(const char* argv0) {
  char path[4096];
  size_t size = sizeof(path);
  return uv_exepath(path, &size) == 0 ? std::string(path, size) : std::string(argv0);
}

// The program, begun by what bootstrap stored under `start`, and the loop until nothing is alive;
// `idle` is called each time that it comes to that.
void RunProgram(Environment& env, std::string_view start, std::string_view idle = {}) {
  Loop& loop = Loop::From(env);
  Mark(env, &NodeMilestones::environment_ns);
  {
    JsScope scope(env);
    static_cast<void>(CallRealm(env, start));
  }
  Mark(env, &NodeMilestones::loop_start_ns);
  env.State<SyncIo>().traced = env.options().GetBool("--trace-sync-io");
  do {
    loop.RunUntilIdle();
    if (loop.stopped()) break;
    const TraceSpan span(Milestones(), "BeforeExit");
    JsScope scope(env);
    static_cast<void>(CallRealm(env, "emitBeforeExit"));
    if (!idle.empty() && !loop.alive()) static_cast<void>(CallRealm(env, idle));
  } while (loop.alive());
  Mark(env, &NodeMilestones::loop_exit_ns);
  TraceMilestones(env);
}

// The exit code, after 'exit'.
int EmitExit(Environment& env) {
  JsScope scope(env);
  v8::Local<v8::Value> code;
  // A listener that throws ends the round; when the program deals with that, its exit code holds.
  const bool asked =
      CallRealm(env, "emitExit").ToLocal(&code) || CallRealm(env, "emitExit").ToLocal(&code);
  return asked && code->IsNumber() ? FromV8<int32_t>(env, code) : 1;
}

[[noreturn]] void FailSnapshot(const std::string& message, int code) {
  fprintf(stderr, "%s\n", message.c_str());
  FinishProcess(code);
}

void FailOfObstacles(const std::vector<std::string>& classes) {
  if (classes.empty()) return;
  FailSnapshot(absl::StrCat("Cannot build the snapshot: the program has native objects that no "
                            "snapshot can hold: ",
                            absl::StrJoin(classes, ", "),
                            ".\nClose them and let go of them before it is made, in a callback of "
                            "v8.startupSnapshot.addSerializeCallback() at the latest."),
               exit_code::kGenericUserError);
}

// Runs what --build-snapshot names; what is left of it when it ends becomes the snapshot.
[[noreturn]] void BuildSnapshot(const Options& options) {
  MadeSnapshot made;
  bool with_code_caches = true;
  {
    SnapshotBuilder builder;
    Environment& env = builder.AddProgram(options);
    SetExitHandler(env, LeaveProcess);
    TraceEnvironment(env, 'b', StartArguments());
    RunProgram(env, "startSnapshotBuilder", "runSerializeCallbacks");
    if (const int code = EmitExit(env); code != 0) LeaveProcess(env, code);
    FinishEnvironment(env);
    {
      JsScope scope(env);
      v8::Local<v8::Value> answer;
      with_code_caches = CallRealm(env, "leaveProcess").ToLocal(&answer) && answer->IsTrue();
    }
    env.set_can_call_into_js(false);
    // What is closing closes; there may be timers and the like that nobody waits for any more.
    for (int i = 0; i < 3; i++) uv_run(Loop::From(env).uv(), UV_RUN_NOWAIT);
    FailOfObstacles(builder.Obstacles());
    made.blob = builder.Freeze();
  }
  if (with_code_caches) AddCodeCaches(&made);
  const std::string& path = options.GetString("--snapshot-blob");
  absl::Status written = WriteSnapshotFile(path.empty() ? "snapshot.blob" : path, made);
  if (!written.ok())
    FailSnapshot(std::string(written.message()), exit_code::kStartupSnapshotFailure);
  FinishProcess(0);
}

// Whether NODE_DEBUG_NATIVE lists `module`.
bool IsDebugged(std::string_view module) {
  const char* list = getenv("NODE_DEBUG_NATIVE");
  if (list == nullptr) return false;
  for (std::string_view word : absl::StrSplit(list, ',')) {
    if (absl::EqualsIgnoreCase(word, module)) return true;
  }
  return false;
}

// What the realms of this process start from. Without a snapshot, from source.
void ChooseSnapshot(const Options& options) {
  EmbeddedSnapshot chosen;
  SnapshotData snapshot;
  if (const std::string& path = options.GetString("--snapshot-blob"); !path.empty()) {
    absl::StatusOr<EmbeddedSnapshot> read = ReadSnapshotFile(path);
    if (!read.ok())
      FailSnapshot(std::string(read.status().message()), exit_code::kStartupSnapshotFailure);
    chosen = *read;
    snapshot.main_context = SnapshotBuilder::kProgram;
    if (IsDebugged("code_cache")) {
      fprintf(stderr, "snapshot contains %zu code cache\n",
              chosen.code_caches.offsets == nullptr ? 0 : BuiltinIds().size());
    }
  } else if (options.GetBool("--node-snapshot")) {
    chosen = GetEmbeddedSnapshot();
  }
  SetBuiltinCodeCaches(chosen.code_caches);
  snapshot.blob = chosen.blob;
  snapshot.external_references = ExternalReferences();
  SetProcessSnapshot(snapshot);
}

[[noreturn]] void RunProcess(const CommandLine& line) {
  if (line.options.GetBool("--build-snapshot")) BuildSnapshot(line.options);
  ChooseSnapshot(line.options);
  Realm realm(RealmKind::kMain, HeapLimits(), line.options);
  SetExitHandler(realm.env(), LeaveProcess);
  TraceEnvironment(realm.env(), 'b', StartArguments());
  if (line.options.GetBool("--track-heap-objects")) {
    realm.env().isolate()->GetHeapProfiler()->StartTrackingHeapObjects(true);
  }
  if (!line.options.GetBool("--disable-sigusr1")) StartInspectorBySignal(realm.env());
  RunProgram(realm.env(), "startMainThread");
  LeaveProcess(realm.env(), EmitExit(realm.env()));
}

}  // namespace

int Run(int argc, char** argv) {
  uint64_t start_ns = uv_hrtime();
  uv_timespec64_t now;
  uv_clock_gettime(UV_CLOCK_REALTIME, &now);
  PreparePlatform();
  ProcessStart start;
  start.start_ns = start_ns;
  start.start_ms = static_cast<double>(now.tv_sec) * 1e3 + now.tv_nsec / 1e6;
  start.node_start_ns = uv_hrtime();
  argv = uv_setup_args(argc, argv);

  CommandLine line;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!ReadOptions(argv[0], arguments, &line) || !SetV8Flags(line, argv[0])) {
    return exit_code::kInvalidArgument;
  }
  if (!line.options.GetString("--build-snapshot-config").empty()) {
    line.options.Set("--build-snapshot", true);
  }
  if (line.options.GetBool("--version")) return PrintVersion();
  if (line.options.GetBool("--completion-bash")) return PrintBashCompletion();
  if (line.options.GetBool("--help")) return PrintHelp();
  // V8 prints its options and leaves.
  if (line.options.GetBool("--v8-options")) v8::V8::SetFlagsFromString("--help");

  start.argv0 = argv[0];
  start.exec_path = ExecutablePath(argv[0]);
  start.exec_argv = line.exec_argv;
  start.arguments = line.arguments;
  start.has_eval = line.has_eval;
  start.v8_start_ns = uv_hrtime();
  SetProcessStart(std::move(start));

#ifdef GYRE_DEVELOPMENT
  if (const char* directory = getenv("GYRE_BUILTINS_DIR")) SetBuiltinsDirectory(directory);
#endif
  SetBindings(AllBindings());
  if (!SetIcuData(line.options)) {
    fprintf(stderr,
            "%s: could not initialize ICU (check NODE_ICU_DATA or --icu-data-dir parameters)\n",
            argv[0]);
    return exit_code::kInvalidArgument;
  }
  if (int code = StartOpenssl(argv[0], line.options); code != 0) return code;
  Platform::Initialize(static_cast<int>(line.options.GetInt("--v8-pool-size")));
  StartTracing(line.options);
  RunProcess(line);
}

}  // namespace gyre
