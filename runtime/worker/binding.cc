#include "runtime/worker/binding.h"

#include <atomic>
#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "runtime/bootstrap/binding.h"
#include "runtime/worker/worker.h"
#include "uv.h"

namespace gyre {
namespace {

v8::Local<v8::Value> Current(Environment& env) {
  const WorkerStart* start = CurrentWorkerStart(env);
  if (start == nullptr) return v8::Undefined(env.isolate());
  v8::Local<v8::Value> limits =
      ToV8(env, std::vector<double>{static_cast<double>(start->limits.max_old_generation_mib),
                                    static_cast<double>(start->limits.max_young_generation_mib),
                                    static_cast<double>(start->limits.code_range_mib),
                                    start->stack_size_mib});
  v8::Local<v8::Value> fields[] = {ToV8(env, start->thread_id), ToV8(env, start->name),
                                   ToV8(env, start->shares_env), limits};
  return v8::Array::New(env.isolate(), fields, std::size(fields));
}

// internal/messaging has been loaded: the port's class comes with it.
v8::MaybeLocal<v8::Object> OpenPort(Environment& env) {
  return MessagePort::Create(env, CurrentWorkerStart(env)->endpoint);
}

// This thread's mailbox.
v8::MaybeLocal<v8::Object> OpenMailbox(Environment& env) {
  const WorkerStart* start = CurrentWorkerStart(env);
  return MessagePort::Create(env, start != nullptr
                                      ? start->mailbox
                                      : PortEndpoint::Create(PortGroup::Broadcast(MailboxName(0))));
}

// A way into the mailbox of another thread.
v8::MaybeLocal<v8::Object> OpenMailboxOf(Environment& env, double thread_id) {
  return MessagePort::Create(env,
                             PortEndpoint::Create(PortGroup::Broadcast(MailboxName(thread_id))));
}

// Unique in the process, whichever thread starts the worker.
double NewThreadId() {
  static std::atomic<int> last = 0;
  return ++last;
}

// Values of the options after parsing a worker's execArgv on top of its parent's options, or the
// first error.
v8::Local<v8::Value> ParseExecArgv(Environment& env, const std::vector<std::string>& arguments) {
  CommandLine line;
  line.options = env.options();
  ParseArguments(arguments, &line);
  if (!line.errors.empty()) return ToV8(env, line.errors[0]);
  if (!line.arguments.empty()) return ToV8(env, line.arguments[0]);
  if (!line.v8_flags.empty()) return ToV8(env, line.v8_flags[0]);
  return OptionValuesToV8(env, line.options);
}

// The same for the NODE_OPTIONS of a worker's environment.
v8::Local<v8::Value> ParseWorkerNodeOptions(Environment& env, std::string text) {
  CommandLine line;
  line.options = env.options();
  ParseNodeOptions(text, &line);
  if (!line.errors.empty()) return ToV8(env, line.errors[0]);
  return OptionValuesToV8(env, line.options);
}

// What a worker has opened by number, or has in a FileHandle: nobody else will close it.
struct UnmanagedDescriptors {
  explicit UnmanagedDescriptors(Environment&) {}
  ~UnmanagedDescriptors() {
    for (int32_t fd : open) {
      uv_fs_t request;
      uv_fs_close(nullptr, &request, fd, nullptr);
      uv_fs_req_cleanup(&request);
    }
  }
  absl::flat_hash_set<int32_t> open;
};

// False when it was known, or was not, already.
bool TrackDescriptor(Environment& env, int32_t fd) {
  return env.State<UnmanagedDescriptors>().open.insert(fd).second;
}
bool UntrackDescriptor(Environment& env, int32_t fd) {
  return env.State<UnmanagedDescriptors>().open.erase(fd) == 1;
}

}  // namespace

void InitWorker(BindingBuilder& b) {
  b.Function<Current>("current");
  b.Function<OpenPort>("openPort");
  b.Function<OpenMailbox>("openMailbox");
  b.Function<OpenMailboxOf>("openMailboxOf");
  b.Function<NewThreadId>("newThreadId");
  b.Function<ParseExecArgv>("parseExecArgv");
  b.Function<ParseWorkerNodeOptions>("parseNodeOptions");
  b.Function<TrackDescriptor>("trackDescriptor");
  b.Function<UntrackDescriptor>("untrackDescriptor");
  b.Class<Worker>("NativeWorker")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&Worker::Start>("start")
      .Method<&Worker::Terminate>("terminate")
      .Method<&Worker::Inquire>("inquire")
      .Method<&Worker::LoopTime>("loopTime")
      .Method<&Worker::LoopIdleTime>("loopIdleTime");
}

}  // namespace gyre
