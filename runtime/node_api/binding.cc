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

// What a library said of itself by a constructor, which runs while it is loaded, once in a process.
struct Registration {
  const napi_module* module = nullptr;
  int v8_abi = 0;  // Not 0: NODE_MODULE_VERSION of an addon of Node's C++ interface.
};
thread_local Registration loading;

// Environments that load a library which is there already find its registration by its handle.
class Registrations {
 public:
  static Registrations& Instance() {
    static auto* instance = new Registrations;
    return *instance;
  }
  void Set(void* library, const Registration& registration) {
    std::lock_guard<std::mutex> lock(mutex_);
    by_library_[library] = registration;
  }
  Registration Get(void* library) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = by_library_.find(library);
    return found == by_library_.end() ? Registration() : found->second;
  }
  void Forget(void* library) {
    std::lock_guard<std::mutex> lock(mutex_);
    by_library_.erase(library);
  }

 private:
  std::mutex mutex_;
  absl::flat_hash_map<void*, Registration> by_library_;
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
  const Registration registration = Registrations::Instance().Get(library);
  if (registration.module != nullptr) {
    entry.initialize = registration.module->nm_register_func;
    if (entry.initialize == nullptr) {
      return absl::InvalidArgumentError("Module has no declared entry point.");
    }
    return entry;
  }
  if (registration.v8_abi != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        filename, ": this addon uses Node's C++ interface (NODE_MODULE_VERSION ",
        registration.v8_abi, "), which belongs to one build of V8; Gyre loads Node-API addons"));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("Module did not self-register: '", filename, "'."));
}

absl::StatusOr<Entry> Open(const std::string& filename, int32_t flags) {
  loading = {};
  void* library = dlopen(filename.c_str(), flags);
  if (library == nullptr) return absl::InvalidArgumentError(dlerror());
  if (loading.module != nullptr || loading.v8_abi != 0) {
    Registrations::Instance().Set(library, loading);
  }
  absl::StatusOr<Entry> entry = FindEntry(library, filename);
  if (entry.ok()) return entry;
  dlclose(library);
  // A library with symbols that are unique in the process stays, and will not register again.
  void* still_there = dlopen(filename.c_str(), flags | RTLD_NOLOAD);
  if (still_there == nullptr) {
    Registrations::Instance().Forget(library);
  } else {
    dlclose(still_there);
  }
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

void napi_module_register(napi_module* mod) { gyre::loading.module = mod; }

// What addons of Node's C++ interface call first. Their nm_version is the first field.
extern "C" __attribute__((visibility("default"))) void node_module_register(void* module) {
  gyre::loading.v8_abi = *static_cast<int*>(module);
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
