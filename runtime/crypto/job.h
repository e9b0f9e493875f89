#ifndef GYRE_CRYPTO_JOB_H_
#define GYRE_CRYPTO_JOB_H_

#include <functional>
#include <optional>
#include <string>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

using JobCallback = std::optional<v8::Local<v8::Function>>;

// A computation of OpenSSL. `run` may be on any thread and must not touch V8; false leaves
// OpenSSL's error queue as the reason. `result` makes the JavaScript value of a run that succeeded.
struct Job {
  const char* type;  // for async_hooks, a literal
  std::function<bool()> run;
  std::function<v8::Local<v8::Value>(Environment&)> result;
  std::string otherwise = "Operation failed";  // the error's message when the queue is empty
  bool plain_error = false;                    // only the message, neither code nor reason
};

// With a callback: on the thread pool, callback(error, result) later. Without: now, the result is
// returned or the error thrown.
v8::MaybeLocal<v8::Value> RunJob(Environment& env, JobCallback callback, Job job);

}  // namespace gyre

#endif  // GYRE_CRYPTO_JOB_H_
