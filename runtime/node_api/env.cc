#include "runtime/node_api/env.h"

#include <algorithm>
#include <utility>

#include "absl/log/check.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/node_api/external_memory.h"
#include "runtime/node_api/external_text.h"
#include "runtime/node_api/reference.h"
#include "runtime/process/uncaught.h"
#include "uv.h"

napi_env__::napi_env__(gyre::Environment& environment, int32_t version, std::string file_url)
    : environment(environment), version(version), file_url(std::move(file_url)) {}

napi_env__::~napi_env__() {
  v8::HandleScope handles(isolate());
  v8::Context::Scope context_scope(context());
  for (gyre::ExternalText* text : external_texts) text->Forget();
  for (const auto& memory : std::exchange(external_buffers, {})) memory->Finalize();
  // Finalizers may still use references: these go after them. The newest first, so that what refers
  // to other native data goes before it.
  for (bool with_finalizer : {true, false}) {
    gyre::Reference* reference = references;
    while (reference != nullptr) {
      if (reference->has_finalizer() == with_finalizer) {
        reference->EndWithEnvironment();
        reference = references;  // whatever the finalizer did to the list
      } else {
        reference = reference->older();
      }
    }
  }
  external_memory.Decrease(isolate(), static_cast<size_t>(external_bytes));
}

void napi_env__::CheckScopesClosed(int handle_scopes, int callback_scopes) const {
  CHECK_EQ(open_handle_scopes, handle_scopes) << file_url << " left a handle scope open";
  CHECK_EQ(open_callback_scopes, callback_scopes) << file_url << " left a callback scope open";
}

void napi_env__::ReportException(v8::Local<v8::Value> exception) {
  gyre::TriggerUncaughtException(environment, exception, false);
}

void napi_env__::ReportOrWarn(v8::Local<v8::Value> exception) {
  constexpr int32_t kFirstStrictVersion = 10;
  if (version >= kFirstStrictVersion ||
      environment.options().GetBool("--force-node-api-uncaught-exceptions-policy")) {
    return ReportException(exception);
  }
  v8::Local<v8::Value> warn = environment.GetRealmValue("warnOfNodeApiException");
  if (!warn->IsFunction()) return;
  static_cast<void>(warn.As<v8::Function>()->Call(context(), v8::Undefined(isolate()), 0, nullptr));
}

void napi_env__::CallFinalizer(napi_finalize finalize, void* data, void* hint) {
  v8::HandleScope handles(isolate());
  v8::Context::Scope context_scope(context());
  CallAddonFromLoop([&] { finalize(this, data, hint); });
}

void napi_env__::EnqueueFinalizer(gyre::Reference* reference) {
  finalizers.push_back(reference);
  environment.State<gyre::NodeApiState>().WakeForFinalizers();
}

void napi_env__::CancelFinalizer(gyre::Reference* reference) {
  finalizers.erase(std::remove(finalizers.begin(), finalizers.end(), reference), finalizers.end());
}

void napi_env__::RunFinalizers() {
  while (!finalizers.empty()) {
    gyre::Reference* reference = finalizers.back();
    finalizers.pop_back();
    reference->Finalize();
  }
}

namespace gyre {

napi_status Ask(napi_env env, napi_value value, bool* result, bool (v8::Value::*question)() const) {
  return NativeCall(env, {value, result}, [&] {
    *result = ((*FromNodeApi(value))->*question)();
    return napi_ok;
  });
}

v8::Local<v8::Private> PrivateOf(v8::Isolate* isolate, PrivateKey key) {
  const char* name = key == PrivateKey::kWrap ? "node_api:wrap" : "node_api:type_tag";
  return v8::Private::ForApi(isolate, v8::String::NewFromUtf8(isolate, name).ToLocalChecked());
}

bool NewUtf8(napi_env env, const char* text, size_t length, v8::Local<v8::String>* result,
             v8::NewStringType type) {
  if (text == nullptr && length != 0) return false;
  if (length != NAPI_AUTO_LENGTH && length > INT32_MAX) return false;
  const int size = length == NAPI_AUTO_LENGTH ? -1 : static_cast<int>(length);
  return v8::String::NewFromUtf8(env->isolate(), text == nullptr ? "" : text, type, size)
      .ToLocal(result);
}

NodeApiState::NodeApiState(Environment& env)
    : env_(env), wake_(new uv_async_t), freed_memory_(std::make_shared<FreedMemory>(wake_)) {
  CHECK_EQ(
      uv_async_init(Loop::From(env).uv(), wake_,
                    [](uv_async_t* wake) { static_cast<NodeApiState*>(wake->data)->OnWake(); }),
      0);
  wake_->data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(wake_));
  env.State<CleanupHooks>().Add(
      [](void* self) {
        static_cast<NodeApiState*>(self)->freed_memory_->Close();
        // An addon that was loaded later may use what an earlier one gave it.
        auto& addons = static_cast<NodeApiState*>(self)->addons_;
        while (!addons.empty()) addons.pop_back();
      },
      this);
}

// The loop closed the handle before the environment's states go.
NodeApiState::~NodeApiState() { delete wake_; }

void NodeApiState::OnWake() {
  uv_unref(reinterpret_cast<uv_handle_t*>(wake_));
  if (!env_.can_call_into_js()) return;
  JsScope scope(env_);
  for (auto& addon : addons_) addon->RunFinalizers();
  for (const std::shared_ptr<ExternalMemory>& memory : freed_memory_->Take()) memory->Finalize();
}

napi_env NodeApiState::NewAddon(int32_t version, std::string file_url) {
  addons_.push_back(std::make_unique<napi_env__>(env_, version, std::move(file_url)));
  return addons_.back().get();
}

// The process does not end before they have run.
void NodeApiState::WakeForFinalizers() {
  uv_ref(reinterpret_cast<uv_handle_t*>(wake_));
  uv_async_send(wake_);
}

}  // namespace gyre
