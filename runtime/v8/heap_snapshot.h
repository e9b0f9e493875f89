#ifndef GYRE_V8_HEAP_SNAPSHOT_H_
#define GYRE_V8_HEAP_SNAPSHOT_H_

#include <string>

#include "absl/status/status.h"
#include "runtime/engine/environment.h"

namespace gyre {

// Heap snapshots as the JSON that developer tools read; `internals` are V8's own objects.
absl::Status WriteHeapSnapshotFile(Environment& env, std::string path, bool internals,
                                   bool numeric_values);

// The same as a list of Uint8Arrays.
v8::Local<v8::Value> HeapSnapshotChunks(Environment& env, bool internals, bool numeric_values);

}  // namespace gyre

#endif  // GYRE_V8_HEAP_SNAPSHOT_H_
