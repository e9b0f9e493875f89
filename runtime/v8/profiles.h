#ifndef GYRE_V8_PROFILES_H_
#define GYRE_V8_PROFILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/environment.h"

namespace gyre {

// What can be measured of an isolate without running JavaScript in it: for the v8 module, and for
// workers, whose parents ask from their own threads. Texts are JSON as Chrome's DevTools read it.

// In the order of the fields in v8.js.
std::vector<double> HeapStatistics(Environment& env);

std::string HeapSnapshotText(Environment& env, bool internals, bool numeric_values);

// Several CPU profiles may run at once, each with the id that its start returned.
std::optional<uint32_t> StartCpuProfile(Environment& env);
std::optional<std::string> StopCpuProfile(Environment& env, uint32_t id);

// One heap profile at a time: false when one is running already.
// interval: bytes from one sample to the next, on average.
bool StartHeapProfile(Environment& env, uint64_t interval = 512 * 1024);
std::optional<std::string> StopHeapProfile(Environment& env);

}  // namespace gyre

#endif  // GYRE_V8_PROFILES_H_
