#include "runtime/worker/binding.h"

#include <iterator>

#include "runtime/bootstrap/binding.h"
#include "runtime/worker/worker.h"

namespace gyre {
namespace {

v8::Local<v8::Value> Current(Environment& env) {
  const WorkerStart* start = CurrentWorkerStart(env);
  if (start == nullptr) return v8::Undefined(env.isolate());
  v8::Local<v8::Value> limits =
      ToV8(env, std::vector<double>{static_cast<double>(start->limits.max_old_generation_mib),
                                    static_cast<double>(start->limits.max_young_generation_mib),
                                    static_cast<double>(start->limits.code_range_mib),
                                    static_cast<double>(start->stack_size_mib)});
  v8::Local<v8::Value> fields[] = {ToV8(env, start->thread_id), ToV8(env, start->name),
                                   ToV8(env, start->shares_env), limits};
  return v8::Array::New(env.isolate(), fields, std::size(fields));
}

// internal/messaging has been loaded: the port's class comes with it.
v8::MaybeLocal<v8::Object> OpenPort(Environment& env) {
  return MessagePort::Create(env, CurrentWorkerStart(env)->endpoint);
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

}  // namespace

void InitWorker(BindingBuilder& b) {
  b.Function<Current>("current");
  b.Function<OpenPort>("openPort");
  b.Function<ParseExecArgv>("parseExecArgv");
  b.Class<Worker>("NativeWorker")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&Worker::Start>("start")
      .Method<&Worker::Terminate>("terminate")
      .Method<&Worker::LoopIdleTime>("loopIdleTime");
}

}  // namespace gyre
