#include "runtime/vm/shadow_realm.h"

#include "absl/log/check.h"
#include "runtime/vm/contextify.h"
#include "v8.h"

namespace gyre {
namespace {

v8::MaybeLocal<v8::Context> MakeShadowRealm(v8::Local<v8::Context>) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Environment& env = Environment::From(isolate);
  v8::Local<v8::Value> make = env.GetRealmValue("makeShadowRealm");
  CHECK(make->IsFunction());
  v8::Local<v8::Value> global;
  if (!make.As<v8::Function>()
           ->Call(env.context(), v8::Undefined(isolate), 0, nullptr)
           .ToLocal(&global)) {
    return {};
  }
  return ContextOf(env, global.As<v8::Object>());
}

}  // namespace

void InstallShadowRealms(Environment& env) {
  env.isolate()->SetHostCreateShadowRealmContextCallback(MakeShadowRealm);
}

}  // namespace gyre
