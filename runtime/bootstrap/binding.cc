#include "runtime/bootstrap/binding.h"

#include <string>
#include <variant>
#include <vector>

#include "runtime/engine/builtins.h"
#include "runtime/glue/registry.h"

namespace gyre {
namespace {

v8::MaybeLocal<v8::Function> Compile(Environment& env, const std::string& id) {
  return CompileBuiltin(env, env.context(), id);
}

// The same in the realm of another global object.
v8::MaybeLocal<v8::Function> CompileIn(Environment& env, v8::Local<v8::Object> global,
                                       const std::string& id) {
  return CompileBuiltin(env, global->GetCreationContext(env.isolate()).ToLocalChecked(), id);
}

std::vector<std::string> Ids() {
  std::vector<std::string> ids;
  for (std::string_view id : BuiltinIds()) ids.emplace_back(id);
  return ids;
}

bool Has(const std::string& id) { return HasBuiltin(id); }

v8::Local<v8::Value> LoadBinding(Environment& env, const std::string& name) {
  if (!HasBinding(name)) return v8::Undefined(env.isolate());
  return InstantiateBinding(env, name);
}

void SetRealmValue(Environment& env, const std::string& name, v8::Local<v8::Value> value) {
  env.SetRealmValue(name, value);
}

// The getter of a lazy export or global: the export of its name of the built-in whose id is the
// data.
void LoadExport(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  v8::Local<v8::Value> id = info.Data();
  v8::Local<v8::Value> exports;
  v8::Local<v8::Value> value;
  if (env.GetRealmValue("requireBuiltin")
          .As<v8::Function>()
          ->Call(env.context(), v8::Undefined(env.isolate()), 1, &id)
          .ToLocal(&exports) &&
      exports.As<v8::Object>()->Get(env.context(), name).ToLocal(&value)) {
    info.GetReturnValue().Set(value);
  }
}

void SetLazyExports(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::String> id,
                    const std::vector<std::string>& names, bool enumerable) {
  for (const std::string& name : names) {
    object
        ->SetLazyDataProperty(env.context(), ToV8(env, name).As<v8::Name>(), LoadExport, id,
                              enumerable ? v8::None : v8::DontEnum)
        .Check();
  }
}

void SetLazyGlobals(Environment& env, v8::Local<v8::String> id,
                    const std::vector<std::string>& names, bool enumerable) {
  SetLazyExports(env, env.context()->Global(), id, names, enumerable);
}

// The values that are not those of `without`, which may be null, by name.
v8::Local<v8::Value> ValuesToV8(Environment& env, const Options& options, const Options* without) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Object> result = v8::Object::New(isolate, v8::Null(isolate), nullptr, nullptr, 0);
  for (const auto& [name, value] : options.values()) {
    if (without != nullptr && without->values().at(name) == value) continue;
    v8::Local<v8::Value> js =
        std::visit([&](const auto& v) -> v8::Local<v8::Value> { return ToV8(env, v); }, value);
    result->Set(env.context(), ToV8(env, name), js).Check();
  }
  return result;
}

v8::Local<v8::Value> DefaultOptions(Environment& env) {
  return ValuesToV8(env, Options(), nullptr);
}

// The getter of a lazy property: what the function that is the data makes of its name.
void LoadProperty(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  v8::Local<v8::Value> argument = name;
  v8::Local<v8::Value> value;
  if (info.Data()
          .As<v8::Function>()
          ->Call(env.context(), v8::Undefined(env.isolate()), 1, &argument)
          .ToLocal(&value)) {
    info.GetReturnValue().Set(value);
  }
}

// `object` may be the global object of another realm.
void SetLazyProperty(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::String> name,
                     v8::Local<v8::Function> load, bool enumerable) {
  object
      ->SetLazyDataProperty(object->GetCreationContext(env.isolate()).ToLocalChecked(), name,
                            LoadProperty, load, enumerable ? v8::None : v8::DontEnum)
      .Check();
}

v8::Local<v8::Value> GetOptions(Environment& env) { return OptionValuesToV8(env, env.options()); }

// What NODE_OPTIONS may hold, for process.allowedNodeEnvironmentFlags.
std::vector<std::string> EnvironmentFlags() {
  std::vector<std::string> flags;
  for (const OptionSpec& spec : OptionSpecs()) {
    if (!spec.in_node_options) continue;
    const bool negatable =
        spec.kind == OptionKind::kBoolean && spec.effect != OptionEffect::kNothing;
    flags.emplace_back(spec.name);
    if (!spec.alias.empty()) flags.emplace_back(spec.alias);
    if (negatable) flags.push_back("--no-" + std::string(spec.name.substr(2)));
  }
  for (std::string_view flag : V8NodeOptions()) flags.emplace_back(flag);
  return flags;
}

}  // namespace

void InitBuiltins(BindingBuilder& b) {
  b.Function<Compile>("compile");
  b.Function<CompileIn>("compileIn");
  b.Function<Has>("has");
  b.Function<Ids>("ids");
  b.Function<LoadBinding>("loadBinding");
  b.Function<SetLazyExports>("setLazyExports");
  b.Function<SetLazyGlobals>("setLazyGlobals");
  b.Function<SetLazyProperty>("setLazyProperty");
  b.Function<SetRealmValue>("setRealmValue");
}

void InitOptions(BindingBuilder& b) {
  b.Function<GetOptions>("getOptions");
  b.Function<DefaultOptions>("getDefaultOptions");
  b.Function<EnvironmentFlags>("environmentFlags");
}

void AppendLazyGlobalReferences(std::vector<intptr_t>* references) {
  references->push_back(reinterpret_cast<intptr_t>(LoadExport));
  references->push_back(reinterpret_cast<intptr_t>(LoadProperty));
}

v8::Local<v8::Value> OptionValuesToV8(Environment& env, const Options& options) {
  static const Options& defaults = *new Options;
  return ValuesToV8(env, options, &defaults);
}

v8::MaybeLocal<v8::Value> BootstrapRealm(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Function> realm;
  if (!CompileBuiltin(env, env.context(), "internal/bootstrap/realm").ToLocal(&realm)) return {};
  v8::Local<v8::Value> undefined = v8::Undefined(isolate);
  // The realm makes the other parameters of built-ins; it gets the binding it does so with in their
  // place.
  v8::Local<v8::Value> arguments[] = {v8::Object::New(isolate), undefined, undefined, undefined,
                                      InstantiateBinding(env, "builtins")};
  return realm->Call(env.context(), undefined, 5, arguments);
}

}  // namespace gyre
