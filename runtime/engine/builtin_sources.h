#ifndef GYRE_ENGINE_BUILTIN_SOURCES_H_
#define GYRE_ENGINE_BUILTIN_SOURCES_H_

#include <span>
#include <string_view>

namespace gyre {

// A built-in module as it was at build time: ASCII, alive as long as the process.
struct BuiltinSource {
  std::string_view id;  // "fs", "internal/fs/utils"
  std::string_view source;
  std::string_view path;  // in the repository
};

// All of them, sorted by id. Defined by the js_builtins_embed rule.
std::span<const BuiltinSource> BuiltinSources();

}  // namespace gyre

#endif  // GYRE_ENGINE_BUILTIN_SOURCES_H_
