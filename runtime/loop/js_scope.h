#ifndef GYRE_LOOP_JS_SCOPE_H_
#define GYRE_LOOP_JS_SCOPE_H_

#include <cstdint>
#include <vector>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Where a piece of asynchronous work comes from: its id for async_hooks and the frame of
// AsyncLocalStorage values that was current when it was made.
class AsyncContext {
 public:
  // `type` as async_hooks names it ("TCPWRAP", "FSREQCALLBACK"); a literal. `resource` may be
  // empty.
  AsyncContext(Environment& env, const char* type, v8::Local<v8::Object> resource);
  ~AsyncContext();
  AsyncContext(const AsyncContext&) = delete;
  AsyncContext& operator=(const AsyncContext&) = delete;

  double async_id() const { return async_id_; }
  double trigger_id() const { return trigger_id_; }

 private:
  friend class JsScope;
  Environment& env_;
  double async_id_;
  double trigger_id_;
  v8::Global<v8::Data> frame_;
};

// Per environment: the counters and flags that C++ shares with internal/async_hooks and
// internal/process/tick.
class AsyncState {
 public:
  explicit AsyncState(Environment& env);

  // Indices of `ids`, a Float64Array.
  enum Id { kExecutionId, kTriggerId, kIdCounter, kDefaultTriggerId };
  // Indices of `hooks`, a Uint32Array: how many enabled hooks have the callback.
  enum Hook { kInit, kBefore, kAfter, kDestroy, kPromiseResolve };
  // Indices of `tick`, a Uint8Array.
  enum Tick { kHasTick, kHasRejection };

  double* ids() const { return ids_; }
  uint32_t* hooks() const { return hooks_; }
  uint8_t* tick() const { return tick_; }

  int depth = 0;                  // nested JsScopes
  std::vector<double> destroyed;  // ids whose destroy hooks are due

 private:
  double* ids_;
  uint32_t* hooks_;
  uint8_t* tick_;
};

// Entering JavaScript from the loop, the only way. Leaving the outermost scope drains the nextTick
// queue and the microtasks. An exception that nothing catches goes to process's
// 'uncaughtException'; the caller sees an empty MaybeLocal and returns.
class JsScope {
 public:
  explicit JsScope(Environment& env, const AsyncContext* async = nullptr);
  ~JsScope();
  JsScope(const JsScope&) = delete;
  JsScope& operator=(const JsScope&) = delete;

 private:
  void Drain();

  Environment& env_;
  AsyncState& state_;
  v8::HandleScope handles_;
  v8::Context::Scope context_;
  const double async_id_;
  double outer_execution_id_;
  double outer_trigger_id_;
  v8::Local<v8::Data> outer_frame_;
};

// Calls a JavaScript function from C++ inside the scope that is open.
v8::MaybeLocal<v8::Value> CallJs(Environment& env, v8::Local<v8::Function> function,
                                 v8::Local<v8::Value> receiver, int argc,
                                 v8::Local<v8::Value>* argv);

}  // namespace gyre

#endif  // GYRE_LOOP_JS_SCOPE_H_
