#ifndef GYRE_ENGINE_BUILTINS_H_
#define GYRE_ENGINE_BUILTINS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Compiles built-in modules: function bodies with the parameters
// (exports, require, module, process, internalBinding), script name `node:<id>`.
//
// The texts are embedded in the executable; with GYRE_BUILTINS_DIR set, a development build reads
// them from the source tree instead. Code caches made with the start-up snapshot spare the
// compilation of those that are not in it.

bool HasBuiltin(std::string_view id);
std::vector<std::string_view> BuiltinIds();

v8::MaybeLocal<v8::Function> CompileBuiltin(Environment& env, v8::Local<v8::Context> context,
                                            std::string_view id);

// The V8 code cache of a built-in, compiled eagerly enough to be worth keeping.
std::string MakeBuiltinCodeCache(Environment& env, std::string_view id);

// Code caches by index in BuiltinSources(); defined by the generated snapshot, empty without one.
struct BuiltinCodeCaches {
  const uint32_t* offsets = nullptr;  // count + 1 of them
  const uint8_t* data = nullptr;
};
void SetBuiltinCodeCaches(const BuiltinCodeCaches& caches);

// Development builds only: the folder `runtime` of a source tree to read built-ins from. Empty: the
// embedded ones.
void SetBuiltinsDirectory(std::string directory);

// The addresses of the resources that the strings of built-in sources point to, for the snapshot.
void AppendBuiltinReferences(std::vector<intptr_t>* references);

}  // namespace gyre

#endif  // GYRE_ENGINE_BUILTINS_H_
