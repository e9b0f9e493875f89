#include "runtime/webstorage/binding.h"

#include "runtime/glue/convert.h"
#include "runtime/webstorage/storage.h"

namespace gyre {
namespace {

// Storage, localStorage and sessionStorage, as an array. Nothing is opened before an item is used.
v8::Local<v8::Value> MakeStorages(Environment& env, std::string local_path) {
  v8::Local<v8::FunctionTemplate> type = Storage::Template(env);
  return ToV8(env, std::vector<v8::Local<v8::Value>>{
                       type->GetFunction(env.context()).ToLocalChecked(),
                       Storage::Make(env, type, std::move(local_path), true),
                       Storage::Make(env, type, ":memory:", false),
                   });
}

v8::MaybeLocal<v8::Value> Items(v8::Local<v8::Object> storage) {
  return Unwrap<Storage>(storage)->Items();
}

}  // namespace

void InitWebStorage(BindingBuilder& b) {
  b.Function<MakeStorages>("makeStorages");
  b.Function<Items>("items");
}

}  // namespace gyre
