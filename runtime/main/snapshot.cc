#include "runtime/main/snapshot.h"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/log/check.h"
#include "runtime/base/exit_code.h"
#include "runtime/bootstrap/binding.h"
#include "runtime/bootstrap/realm.h"
#include "runtime/engine/builtin_sources.h"
#include "runtime/engine/environment.h"
#include "runtime/engine/platform.h"
#include "runtime/fetch/binding.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/living.h"
#include "runtime/glue/registry.h"
#include "runtime/inspector/binding.h"
#include "runtime/process/env.h"
#include "runtime/process/uncaught.h"
#include "v8-profiler.h"

namespace gyre {
namespace {

constexpr size_t kLargestCachedSource = 1 << 20;

// Evaluates what a program may require: code caches have the functions that this runs, and loading
// a built-in compiles nothing. One that asks for what only a process has (cluster) throws, and is
// compiled as far as it came.
void EvaluatePublicBuiltins(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Function> require = env.GetRealmValue("requireBuiltin").As<v8::Function>();
  for (const BuiltinSource& source : BuiltinSources()) {
    if (source.id.starts_with("internal/")) continue;
    v8::HandleScope scope(isolate);
    v8::TryCatch try_catch(isolate);
    v8::Local<v8::Value> id = ToV8(env, source.id);
    static_cast<void>(require->Call(env.context(), v8::Undefined(isolate), 1, &id));
  }
}

// Says what V8 ended the process for, in place of V8's report of a crash. Async-signal-safe.
[[noreturn]] void EndUnserialized(const char* why) {
  for (const char* part : {"Cannot build the snapshot: ", why, "\n"}) {
    if (write(STDERR_FILENO, part, strlen(part)) < 0) break;
  }
  _exit(exit_code::kGenericUserError);
}

void OnV8Fatal(const char*, int, const char* message) {
  EndUnserialized(std::string_view(message).starts_with("CheckGlobalAndEternalHandles")
                      ? "an object is alive whose native memory is not V8's to save, such as one "
                        "of Intl's"
                      : message);
}

// V8 prints what it has found to standard output, or ends the process without a word to OnV8Fatal.
class CrashReports {
 public:
  CrashReports() {
    v8::V8::SetFatalErrorHandler(OnV8Fatal);
    for (int number : {SIGABRT, SIGILL, SIGSEGV, SIGTRAP}) {
      signal(number, [](int) { EndUnserialized("V8 cannot serialize an object of the program"); });
    }
    fflush(stdout);
    stdout_ = dup(STDOUT_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  ~CrashReports() {
    fflush(stdout);
    dup2(stdout_, STDOUT_FILENO);
    close(stdout_);
    for (int number : {SIGABRT, SIGILL, SIGSEGV, SIGTRAP}) signal(number, SIG_DFL);
    v8::V8::SetFatalErrorHandler(nullptr);
  }

 private:
  int stdout_;
};

}  // namespace

const intptr_t* ExternalReferences() {
  static const std::vector<intptr_t>& references = []() -> std::vector<intptr_t>& {
    auto& all = *new std::vector<intptr_t>;
    AppendBindingReferences(&all);
    AppendBuiltinReferences(&all);
    AppendLazyGlobalReferences(&all);
    AppendProcessEnvReferences(&all);
    AppendConsoleReferences(&all);
    all.push_back(0);
    return all;
  }();
  return references.data();
}

SnapshotBuilder::SnapshotBuilder() : isolate_(SnapshotReferences{ExternalReferences()}) {
  v8::Isolate* isolate = isolate_.get();
  EnableWasmStreaming(isolate);
  v8::HandleScope scope(isolate);
  // An empty default context: for vm and for V8 itself. The realms are those beside it.
  isolate_.creator().SetDefaultContext(v8::Context::New(isolate));
  v8::Local<v8::Context> context = v8::Context::New(isolate);
  v8::Context::Scope context_scope(context);
  const Options options;
  const auto env = BootstrapEnvironment(isolate, context, options, /*for_snapshot=*/true);
  isolate->PerformMicrotaskCheckpoint();
  CHECK_EQ(isolate_.creator().AddContext(context), kBootstrapped);
}

SnapshotBuilder::~SnapshotBuilder() = default;

Environment& SnapshotBuilder::AddProgram(const Options& options) {
  v8::Isolate* isolate = isolate_.get();
  handle_scope_.emplace(isolate);
  v8::Local<v8::Context> context = v8::Context::New(isolate);
  context_scope_.emplace(context);
  program_ = BootstrapEnvironment(isolate, context, options, /*for_snapshot=*/true);
  InstallUncaughtHandlers(*program_);
  // What is called to run the program and to leave its process is stored by this.
  v8::Local<v8::Value> id = ToV8(*program_, "internal/modules/build_snapshot");
  CHECK(!program_->GetRealmValue("requireBuiltin")
             .As<v8::Function>()
             ->Call(context, v8::Undefined(isolate), 1, &id)
             .IsEmpty());
  CHECK_EQ(isolate_.creator().AddContext(context), kProgram);
  return *program_;
}

std::vector<std::string> SnapshotBuilder::Obstacles() {
  v8::Isolate* isolate = isolate_.get();
  // What is unreachable is deleted with the tasks that a collection leaves.
  for (int i = 0; i < 2; i++) {
    isolate->LowMemoryNotification();
    Platform::Instance().RunForegroundTasks(isolate);
  }
  std::vector<std::string> obstacles = LivingWrappedClasses(*program_);
  v8::HeapStatistics statistics;
  isolate->GetHeapStatistics(&statistics);
  // The default one and the two realms.
  if (statistics.number_of_native_contexts() > 3) obstacles.push_back("Context (of node:vm)");
  return obstacles;
}

std::string SnapshotBuilder::Freeze() {
  v8::Isolate* isolate = isolate_.get();
  if (program_ != nullptr) {
    RemoveUncaughtHandlers(isolate);
    EndEnvironment(std::move(program_));
    context_scope_.reset();
    handle_scope_.reset();
  }
  const CrashReports reports;
  v8::StartupData blob =
      isolate_.creator().CreateBlob(v8::SnapshotCreator::FunctionCodeHandling::kKeep);
  CHECK(blob.data != nullptr);
  std::string bytes(blob.data, blob.raw_size);
  delete[] blob.data;
  return bytes;
}

void AddCodeCaches(MadeSnapshot* made) {
  const SnapshotData data{{made->blob.data(), static_cast<int>(made->blob.size())},
                          ExternalReferences()};
  IsolateHolder holder(HeapLimits(), data);
  v8::Isolate::Scope isolate_scope(holder.get());
  v8::HandleScope scope(holder.get());
  v8::Local<v8::Context> context =
      v8::Context::FromSnapshot(holder.get(), SnapshotBuilder::kBootstrapped).ToLocalChecked();
  v8::Context::Scope context_scope(context);
  const Options options;
  Environment env(holder.get(), context, options);
  EvaluatePublicBuiltins(env);
  for (const BuiltinSource& source : BuiltinSources()) {
    made->code_cache_offsets.push_back(static_cast<uint32_t>(made->code_cache_data.size()));
    // The largest are data in a string literal, of which the cache would hold a second copy.
    if (source.source.size() < kLargestCachedSource) {
      made->code_cache_data += MakeBuiltinCodeCache(env, source.id);
    }
  }
  made->code_cache_offsets.push_back(static_cast<uint32_t>(made->code_cache_data.size()));
}

}  // namespace gyre
