#include "runtime/node_api/binding.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node_api.h"
#include "runtime/base/version.h"
#include "runtime/glue/binding.h"
#include "runtime/node_api/env.h"

namespace gyre {
namespace {

// An addon that registers itself by a constructor does so while it is loaded, which is once in a
// process; other environments that load it find it by its handle.
thread_local const napi_module* loading_registered = nullptr;
thread_local int loading_v8_abi = 0;

class RegisteredModules {
 public:
  static RegisteredModules& Instance() {
    static auto* instance = new RegisteredModules;
    return *instance;
  }
  void Add(void* library, const napi_module* module) {
    std::lock_guard<std::mutex> lock(mutex_);
    modules_[library] = module;
  }
  const napi_module* Find(void* library) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = modules_.find(library);
    return found == modules_.end() ? nullptr : found->second;
  }

 private:
  std::mutex mutex_;
  absl::flat_hash_map<void*, const napi_module*> modules_;
};

struct Entry {
  napi_addon_register_func initialize = nullptr;
  int32_t version = kNodeApiVersionDefault;
};

absl::StatusOr<Entry> FindEntry(void* library, const std::string& filename) {
  Entry entry;
  entry.initialize =
      reinterpret_cast<napi_addon_register_func>(dlsym(library, "napi_register_module_v1"));
  if (auto version = reinterpret_cast<node_api_addon_get_api_version_func>(
          dlsym(library, "node_api_module_get_api_version_v1"))) {
    entry.version = version();
  }
  if (entry.initialize != nullptr) return entry;
  if (const napi_module* module = RegisteredModules::Instance().Find(library)) {
    entry.initialize = module->nm_register_func;
    if (entry.initialize == nullptr) {
      return absl::InvalidArgumentError("Module has no declared entry point.");
    }
    return entry;
  }
  if (loading_v8_abi != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        filename, ": this addon uses Node's C++ interface (NODE_MODULE_VERSION ", loading_v8_abi,
        "), which belongs to one build of V8; Gyre loads Node-API addons"));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("Module did not self-register: '", filename, "'."));
}

absl::StatusOr<Entry> Open(const std::string& filename, int32_t flags) {
  loading_registered = nullptr;
  loading_v8_abi = 0;
  void* library = dlopen(filename.c_str(), flags);
  if (library == nullptr) return absl::InvalidArgumentError(dlerror());
  if (loading_registered != nullptr) RegisteredModules::Instance().Add(library, loading_registered);
  absl::StatusOr<Entry> entry = FindEntry(library, filename);
  if (!entry.ok()) dlclose(library);
  return entry;
}

// Loads the addon and runs its initialiser: undefined when it has set module.exports, or why not.
v8::Local<v8::Value> Load(Environment& env, v8::Local<v8::Object> module,
                          v8::Local<v8::Value> exports, const std::string& filename,
                          const std::string& file_url, int32_t flags) {
  v8::Isolate* isolate = env.isolate();
  absl::StatusOr<Entry> entry = Open(filename, flags);
  if (!entry.ok()) return ToV8(env, std::string(entry.status().message()));
  if (entry->version > kNodeApiVersion && entry->version != kNodeApiVersionExperimental) {
    return ToV8(env, absl::StrCat(filename, " requires Node-API version ", entry->version,
                                  ", but this version of Gyre only supports version ",
                                  kNodeApiVersion, " add-ons."));
  }
  napi_env addon = env.State<NodeApiState>().NewAddon(entry->version, file_url);
  napi_value result = nullptr;
  bool thrown = false;
  addon->CallAddon([&] { result = entry->initialize(addon, ToNodeApi(exports)); },
                   [&](v8::Local<v8::Value> exception) {
                     thrown = true;
                     isolate->ThrowException(exception);
                   });
  if (!thrown && result != nullptr && !FromNodeApi(result)->IsUndefined() &&
      !FromNodeApi(result)->StrictEquals(exports)) {
    static_cast<void>(module->Set(env.context(), env.Intern("exports"), FromNodeApi(result)));
  }
  return v8::Undefined(isolate);
}

void SetBufferPrototype(Environment& env, v8::Local<v8::Object> prototype) {
  env.State<NodeApiState>().buffer_prototype.Reset(env.isolate(), prototype);
}

}  // namespace

void InitNodeApi(BindingBuilder& b) {
  b.Function<Load>("load");
  b.Function<SetBufferPrototype>("setBufferPrototype");
}

}  // namespace gyre

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::Store;

void napi_module_register(napi_module* mod) { gyre::loading_registered = mod; }

// What addons of Node's C++ interface call first. Their nm_version is the first field.
extern "C" __attribute__((visibility("default"))) void node_module_register(void* module) {
  gyre::loading_v8_abi = *static_cast<int*>(module);
}

napi_status napi_get_version(node_api_basic_env env, uint32_t* result) {
  return NativeCall(env, {result}, [&] {
    *result = gyre::kNodeApiVersion;
    return napi_ok;
  });
}

napi_status napi_get_node_version(node_api_basic_env env, const napi_node_version** version) {
  return NativeCall(env, {version}, [&] {
    static const napi_node_version kVersion = [] {
      napi_node_version parsed{0, 0, 0, "node"};
      sscanf(gyre::kNodeVersion, "%u.%u.%u", &parsed.major, &parsed.minor, &parsed.patch);
      return parsed;
    }();
    *version = &kVersion;
    return napi_ok;
  });
}

napi_status node_api_get_module_file_name(node_api_basic_env env, const char** result) {
  return NativeCall(env, {result}, [&] {
    *result = env->file_url.c_str();
    return napi_ok;
  });
}

napi_status napi_run_script(napi_env env, napi_value script, napi_value* result) {
  return JsCall(env, {script, result}, [&] {
    v8::Local<v8::Value> source = FromNodeApi(script);
    if (!source->IsString()) return napi_string_expected;
    v8::Local<v8::Script> compiled;
    if (!v8::Script::Compile(env->context(), source.As<v8::String>()).ToLocal(&compiled)) {
      return napi_generic_failure;
    }
    return Store(compiled->Run(env->context()), result, napi_generic_failure);
  });
}

napi_status napi_adjust_external_memory(node_api_basic_env env, int64_t change_in_bytes,
                                        int64_t* adjusted_value) {
  return NativeCall(env, {adjusted_value}, [&] {
    // V8 does not take back more than it was told of.
    change_in_bytes = std::max(change_in_bytes, -env->external_bytes);
    if (change_in_bytes >= 0) {
      env->external_memory.Increase(env->isolate(), static_cast<size_t>(change_in_bytes));
    } else {
      env->external_memory.Decrease(env->isolate(), static_cast<size_t>(-change_in_bytes));
    }
    env->external_bytes += change_in_bytes;
    *adjusted_value = env->external_bytes;
    return napi_ok;
  });
}
