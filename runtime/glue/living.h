#ifndef GYRE_GLUE_LIVING_H_
#define GYRE_GLUE_LIVING_H_

#include <string>
#include <vector>

#include "runtime/engine/environment.h"

namespace gyre {

// The classes of the native objects (wrapped.h) that are alive, sorted, each once: what stands in
// the way of a snapshot.
std::vector<std::string> LivingWrappedClasses(Environment& env);

}  // namespace gyre

#endif  // GYRE_GLUE_LIVING_H_
