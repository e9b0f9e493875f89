#ifndef GYRE_MAIN_SNAPSHOT_H_
#define GYRE_MAIN_SNAPSHOT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/engine/builtins.h"
#include "runtime/engine/isolate.h"

namespace gyre {

// The start-up snapshot that was linked in: the bootstrapped realm and the code caches of the
// built-ins outside it. gyre links the generated one; gyre_dev and the program that makes it link
// an empty one.
struct EmbeddedSnapshot {
  v8::StartupData blob = {nullptr, 0};
  BuiltinCodeCaches code_caches;
};
EmbeddedSnapshot GetEmbeddedSnapshot();

// Null-terminated: every address that a snapshot of this executable may refer to. The order depends
// only on the sources, so it is the same in the program that makes the snapshot and in the one that
// uses it.
const intptr_t* ExternalReferences();

// Bootstraps a realm and returns the C++-free bytes of its snapshot and of the code caches.
struct MadeSnapshot {
  std::string blob;
  std::vector<uint32_t> code_cache_offsets;
  std::string code_cache_data;
};
MadeSnapshot MakeSnapshot();

}  // namespace gyre

#endif  // GYRE_MAIN_SNAPSHOT_H_
