#include "runtime/engine/environment.h"

#include <atomic>

#include "absl/log/check.h"

namespace gyre {
namespace {

// V8's inspector uses the first embedder slots of a context.
constexpr int kRealmValuesSlot = 33;

v8::Local<v8::String> Name(v8::Isolate* isolate, std::string_view name) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(name.data()),
                                    v8::NewStringType::kInternalized, static_cast<int>(name.size()))
      .ToLocalChecked();
}

}  // namespace

Environment::Environment(v8::Isolate* isolate, v8::Local<v8::Context> context,
                         const Options& options)
    : isolate_(isolate), context_(isolate, context), options_(options) {
  CHECK(!Exists(isolate)) << "one environment per isolate";
  isolate->SetData(kIsolateSlot, this);
}

Environment::~Environment() {
  can_call_into_js_ = false;
  // A state may still ask for an older one in its destructor, never for a newer one.
  while (!holders_.empty()) {
    Holder holder = holders_.back();
    holders_.pop_back();
    holder.destroy(holder.object);
  }
  isolate_->SetData(kIsolateSlot, nullptr);
}

size_t Environment::NextStateId() {
  static std::atomic<size_t> next = 0;
  return next++;
}

void Environment::AddState(size_t id, Holder holder) {
  if (id >= states_.size()) states_.resize(id + 1, nullptr);
  CHECK(states_[id] == nullptr) << "the constructor of a state asks for itself";
  states_[id] = holder.object;
  holders_.push_back(holder);
}

v8::Local<v8::String> Environment::InternLiteral(const char* literal, size_t length) {
  v8::Global<v8::String>& slot = strings_[literal];
  if (slot.IsEmpty()) slot.Reset(isolate_, Name(isolate_, {literal, length}));
  return slot.Get(isolate_);
}

v8::Local<v8::Object> Environment::realm_values() {
  v8::Local<v8::Context> context = this->context();
  if (context->GetNumberOfEmbedderDataFields() > kRealmValuesSlot) {
    v8::Local<v8::Value> values = context->GetEmbedderData(kRealmValuesSlot);
    if (values->IsObject()) return values.As<v8::Object>();
  }
  v8::Local<v8::Object> values = v8::Object::New(isolate_, v8::Null(isolate_), nullptr, nullptr, 0);
  context->SetEmbedderData(kRealmValuesSlot, values);
  return values;
}

v8::Local<v8::Value> Environment::GetRealmValue(std::string_view name) {
  return realm_values()->Get(context(), Name(isolate_, name)).ToLocalChecked();
}

void Environment::SetRealmValue(std::string_view name, v8::Local<v8::Value> value) {
  realm_values()->Set(context(), Name(isolate_, name), value).Check();
}

}  // namespace gyre
