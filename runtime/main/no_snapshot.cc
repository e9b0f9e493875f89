#include "runtime/main/snapshot.h"

namespace gyre {

EmbeddedSnapshot GetEmbeddedSnapshot() { return {}; }

}  // namespace gyre
