// Running a process to its end on a loop of its own: spawnSync, execSync, execFileSync. No V8.

#ifndef GYRE_CHILD_PROCESS_SPAWN_SYNC_H_
#define GYRE_CHILD_PROCESS_SPAWN_SYNC_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "runtime/child_process/spawn_options.h"

namespace gyre {

struct SyncStdio {
  enum Kind : int32_t { kIgnore = 0, kPipe = 1, kFd = 3 };
  Kind kind = kIgnore;
  int32_t fd = -1;        // kFd
  bool readable = false;  // kPipe: the child reads from it; otherwise it writes
  std::string input;      // kPipe and readable
};

struct SyncSpawnOptions {
  SpawnOptions process;
  std::vector<SyncStdio> stdio;
  uint64_t timeout_ms = 0;  // 0: none
  double max_buffer = std::numeric_limits<double>::infinity();
  int32_t kill_signal = 0;
};

struct SyncSpawnResult {
  int error = 0;  // a negative uv error: the process did not start, took too long or said too much
  int64_t pid = 0;
  int64_t status = 0;
  int signal = 0;
  std::vector<std::optional<std::string>> output;  // of the pipes the child wrote to
};

SyncSpawnResult SpawnSync(SyncSpawnOptions options);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_SPAWN_SYNC_H_
