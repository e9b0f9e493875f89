#ifndef GYRE_PROCESS_SYNC_IO_H_
#define GYRE_PROCESS_SYNC_IO_H_

#include "runtime/engine/environment.h"

namespace gyre {

// --trace-sync-io: whether calls that block the thread are reported, which begins with the loop.
struct SyncIo {
  explicit SyncIo(Environment&) {}
  bool traced = false;
};

// Called by what blocks: prints a warning with the stack if that is wanted.
void ReportSyncIo(Environment& env);
inline void NoteSyncIo(Environment& env) {
  if (env.State<SyncIo>().traced) ReportSyncIo(env);
}

}  // namespace gyre

#endif  // GYRE_PROCESS_SYNC_IO_H_
