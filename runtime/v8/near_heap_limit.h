#ifndef GYRE_V8_NEAR_HEAP_LIMIT_H_
#define GYRE_V8_NEAR_HEAP_LIMIT_H_

#include <cstdint>
#include <string>

#include "runtime/engine/environment.h"

namespace gyre {

// Writes up to `count` heap snapshots into `directory` as the heap comes close to its limit, which
// is raised while there are snapshots to come. Later calls do nothing.
void WriteSnapshotsNearHeapLimit(Environment& env, uint32_t count, const std::string& directory,
                                 int32_t thread_id);

}  // namespace gyre

#endif  // GYRE_V8_NEAR_HEAP_LIMIT_H_
