#ifndef GYRE_NODE_API_ENV_H_
#define GYRE_NODE_API_ENV_H_

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "node_api.h"
#include "runtime/engine/environment.h"
#include "uv.h"
#include "v8-external-memory-accounter.h"
#include "v8.h"

// Node-API (https://nodejs.org/docs/latest-v24.x/api/n-api.html), the ABI that native addons are
// compiled against. The functions that addons call are C functions with the names of node_api.h; a
// file of this folder has those of one subject.

namespace gyre {

// What this version answers to napi_get_version(), and the marker of addons that use experimental
// functions.
inline constexpr int32_t kNodeApiVersion = 10;
inline constexpr int32_t kNodeApiVersionExperimental = 2147483647;
inline constexpr int32_t kNodeApiVersionDefault = 8;

class ExternalMemory;
class ExternalText;
class FreedMemory;
class NodeApiState;
class Reference;

// A node_api value is a V8 handle: the same pointer, valid until the handle scope that is open
// ends.
inline napi_value ToNodeApi(v8::Local<v8::Value> value) {
  static_assert(sizeof(value) == sizeof(napi_value));
  napi_value result;
  std::memcpy(&result, &value, sizeof(result));
  return result;
}

inline v8::Local<v8::Value> FromNodeApi(napi_value value) {
  v8::Local<v8::Value> result;
  std::memcpy(static_cast<void*>(&result), &value, sizeof(value));
  return result;
}

}  // namespace gyre

// One addon in one environment. Lives from the addon's loading until the environment ends.
struct napi_env__ {
 public:
  napi_env__(gyre::Environment& environment, int32_t version, std::string file_url);
  ~napi_env__();
  napi_env__(const napi_env__&) = delete;
  napi_env__& operator=(const napi_env__&) = delete;

  v8::Isolate* isolate() const { return environment.isolate(); }
  v8::Local<v8::Context> context() const { return environment.context(); }
  // The uv thread pool and timers may still call back while the environment ends.
  bool can_call_into_js() const { return environment.can_call_into_js(); }

  napi_status SetLastError(napi_status status) {
    last_error.error_code = status;
    return status;
  }

  // Runs addon code that was called from the loop or from JavaScript. An exception that it left
  // pending goes to `on_exception`.
  template <class Body, class OnException>
  void CallAddon(Body&& body, OnException&& on_exception) {
    const int handle_scopes = open_handle_scopes;
    const int callback_scopes = open_callback_scopes;
    SetLastError(napi_ok);
    body();
    CheckScopesClosed(handle_scopes, callback_scopes);
    if (last_exception.IsEmpty()) return;
    v8::Local<v8::Value> exception = last_exception.Get(isolate());
    last_exception.Reset();
    on_exception(exception);
  }

  // The same from the loop: an exception becomes the process's 'uncaughtException'.
  template <class Body>
  void CallAddonFromLoop(Body&& body) {
    CallAddon(body, [this](v8::Local<v8::Value> exception) { ReportException(exception); });
  }
  // For callbacks whose exceptions Node used to swallow: they still are, with a warning, unless the
  // addon asks for Node-API 10 or an option says otherwise.
  template <class Body>
  void CallAddonLeniently(Body&& body) {
    CallAddon(body, [this](v8::Local<v8::Value> exception) { ReportOrWarn(exception); });
  }
  void ReportOrWarn(v8::Local<v8::Value> exception);
  void ReportException(v8::Local<v8::Value> exception);

  void CallFinalizer(napi_finalize finalize, void* data, void* hint);
  // Finalizers may call any function, which is not allowed while garbage is collected: they run in
  // the next turn of the loop.
  void EnqueueFinalizer(gyre::Reference* reference);
  void CancelFinalizer(gyre::Reference* reference);
  void RunFinalizers();

  gyre::Environment& environment;
  const int32_t version;       // of Node-API, as the addon asks for it
  const std::string file_url;  // of the addon
  napi_extended_error_info last_error{};
  v8::Global<v8::Value> last_exception;
  int open_handle_scopes = 0;
  int open_callback_scopes = 0;
  gyre::Reference* instance_data = nullptr;
  gyre::Reference* references = nullptr;  // all, the newest first
  std::vector<gyre::Reference*> finalizers;
  absl::flat_hash_set<gyre::ExternalText*> external_texts;
  absl::flat_hash_set<std::shared_ptr<gyre::ExternalMemory>> external_buffers;
  v8::ExternalMemoryAccounter external_memory;
  int64_t external_bytes = 0;

 private:
  void CheckScopesClosed(int handle_scopes, int callback_scopes) const;
};

namespace gyre {

// A function that runs no JavaScript. Null where an argument is required is napi_invalid_arg.
template <class Body>
napi_status NativeCall(napi_env env, std::initializer_list<const void*> required, Body&& body) {
  if (env == nullptr) return napi_invalid_arg;
  for (const void* argument : required) {
    if (argument == nullptr) return env->SetLastError(napi_invalid_arg);
  }
  return env->SetLastError(body());
}

// napi_is_...: a question to a value that V8 answers.
napi_status Ask(napi_env env, napi_value value, bool* result, bool (v8::Value::*question)() const);

// A function that may run JavaScript: refused while an exception is pending or the environment
// ends; an exception is kept for the addon.
template <class Body>
napi_status JsCall(napi_env env, std::initializer_list<const void*> required, Body&& body) {
  if (env == nullptr) return napi_invalid_arg;
  if (!env->last_exception.IsEmpty()) return env->SetLastError(napi_pending_exception);
  if (!env->can_call_into_js()) {
    return env->SetLastError(env->version >= 10 ? napi_cannot_run_js : napi_pending_exception);
  }
  for (const void* argument : required) {
    if (argument == nullptr) return env->SetLastError(napi_invalid_arg);
  }
  v8::TryCatch try_catch(env->isolate());
  napi_status status = body();
  if (try_catch.HasCaught()) {
    if (!try_catch.HasTerminated())
      env->last_exception.Reset(env->isolate(), try_catch.Exception());
    status = napi_pending_exception;
  }
  return env->SetLastError(status);
}

// Stores a value where there is one.
template <class T>
napi_status Store(v8::MaybeLocal<T> maybe, napi_value* result, napi_status otherwise) {
  v8::Local<T> value;
  if (!maybe.ToLocal(&value)) return otherwise;
  *result = ToNodeApi(value);
  return napi_ok;
}

// Private properties by which objects carry native data. Each kind is one property for all addons.
enum class PrivateKey { kWrap, kTypeTag };
v8::Local<v8::Private> PrivateOf(v8::Isolate* isolate, PrivateKey key);

// A string of C; NAPI_AUTO_LENGTH means that it ends with NUL. False for a length that no string
// has, or no characters where some should be.
bool NewUtf8(napi_env env, const char* text, size_t length, v8::Local<v8::String>* result,
             v8::NewStringType type = v8::NewStringType::kNormal);

// Per environment: its addons, and what they share.
class NodeApiState {
 public:
  explicit NodeApiState(Environment& env);
  ~NodeApiState();

  napi_env NewAddon(int32_t version, std::string file_url);
  // Runs the finalizers of all addons soon, on the loop.
  void WakeForFinalizers();

  // Buffer.prototype: what is made by napi_create_buffer() is a Buffer.
  v8::Global<v8::Object> buffer_prototype;
  const std::shared_ptr<FreedMemory>& freed_memory() const { return freed_memory_; }

 private:
  void OnWake();

  Environment& env_;
  uv_async_t* const wake_;
  const std::shared_ptr<FreedMemory> freed_memory_;
  std::vector<std::unique_ptr<napi_env__>> addons_;
};

}  // namespace gyre

#endif  // GYRE_NODE_API_ENV_H_
