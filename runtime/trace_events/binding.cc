#include "runtime/trace_events/binding.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/engine/tracing.h"
#include "runtime/trace_events/start.h"

namespace gyre {
namespace {

void Enable(const std::vector<std::string>& categories) { EnableTracing(categories); }
void Disable(const std::vector<std::string>& categories) {
  Tracing::Instance().Disable(categories);
}

std::vector<std::string> EnabledCategories() {
  const std::set<std::string> enabled = Tracing::Instance().Enabled();
  return {enabled.begin(), enabled.end()};
}

bool IsEnabled(const std::string& group) {
  return *Tracing::Instance().GetCategoryGroupEnabled(group.c_str()) != 0;
}

// trace(phase, group, name, id, data): `phase` is a character's code; data becomes args.data, or
// args where `is_args` is true.
void Trace(Environment& env, int32_t phase, const std::string& group, const std::string& name,
           std::optional<double> id, v8::Local<v8::Value> data, std::optional<bool> is_args) {
  const uint8_t* enabled = Tracing::Instance().GetCategoryGroupEnabled(group.c_str());
  if (*enabled == 0) return;
  std::string args;
  v8::Local<v8::String> json;
  if (!data->IsUndefined()) {
    if (!v8::JSON::Stringify(env.context(), data).ToLocal(&json)) return;
    args = FromV8<std::string>(env, json);
    args =
        is_args.value_or(false) ? args.substr(1, args.size() - 2) : absl::StrCat("\"data\":", args);
  }
  Tracing::Instance().Record(enabled, {.phase = static_cast<char>(phase),
                                       .name = name,
                                       .has_id = true,
                                       .id = static_cast<uint64_t>(id.value_or(0)),
                                       .args = args});
}

// One byte, which is not 0 while the group is recorded.
v8::Local<v8::Value> GetCategoryEnabledBuffer(Environment& env, const std::string& group) {
  // The byte lives as long as the process.
  auto* byte = const_cast<uint8_t*>(Tracing::Instance().GetCategoryGroupEnabled(group.c_str()));
  std::unique_ptr<v8::BackingStore> store =
      v8::ArrayBuffer::NewBackingStore(byte, 1, [](void*, size_t, void*) {}, nullptr);
  return v8::Uint8Array::New(v8::ArrayBuffer::New(env.isolate(), std::move(store)), 0, 1);
}

}  // namespace

void InitTraceEvents(BindingBuilder& b) {
  b.Function<Enable>("enable");
  b.Function<Disable>("disable");
  b.Function<EnabledCategories>("enabledCategories");
  b.Function<IsEnabled>("isTraceCategoryEnabled");
  b.Function<Trace>("trace");
  b.Function<GetCategoryEnabledBuffer>("getCategoryEnabledBuffer");
}

}  // namespace gyre
