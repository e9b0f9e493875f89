// Linked instead of the generated snapshot: into gyre_dev, and into the program that makes the
// snapshot.

#include "runtime/main/snapshot.h"

namespace gyre {

EmbeddedSnapshot GetEmbeddedSnapshot() { return {}; }

}  // namespace gyre
