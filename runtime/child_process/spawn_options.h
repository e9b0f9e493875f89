// What a process is started with, in C++ values: shared by the asynchronous and the synchronous
// start.

#ifndef GYRE_CHILD_PROCESS_SPAWN_OPTIONS_H_
#define GYRE_CHILD_PROCESS_SPAWN_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "uv.h"

namespace gyre {

class SpawnOptions {
 public:
  std::string file;
  std::vector<std::string> args;
  std::optional<std::vector<std::string>> env;  // "NAME=value"; the parent's when not given
  std::optional<std::string> cwd;
  std::optional<int32_t> uid;
  std::optional<int32_t> gid;
  bool detached = false;

  // A view of all this for uv_spawn. It points into this object, which must stay where it is.
  uv_process_options_t ToUv(std::vector<uv_stdio_container_t>& stdio, uv_exit_cb on_exit);

 private:
  std::vector<char*> arg_pointers_;
  std::vector<char*> env_pointers_;
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_SPAWN_OPTIONS_H_
