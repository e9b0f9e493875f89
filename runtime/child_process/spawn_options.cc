#include "runtime/child_process/spawn_options.h"

namespace gyre {
namespace {

// A null-terminated vector of C strings, as exec takes them.
void PointTo(std::vector<std::string>& strings, std::vector<char*>& pointers) {
  pointers.clear();
  pointers.reserve(strings.size() + 1);
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
}

}  // namespace

uv_process_options_t SpawnOptions::ToUv(std::vector<uv_stdio_container_t>& stdio,
                                        uv_exit_cb on_exit) {
  uv_process_options_t options = {};
  options.exit_cb = on_exit;
  options.file = file.c_str();
  PointTo(args, arg_pointers_);
  options.args = arg_pointers_.data();
  if (env) {
    PointTo(*env, env_pointers_);
    options.env = env_pointers_.data();
  }
  if (cwd) options.cwd = cwd->c_str();
  if (detached) options.flags |= UV_PROCESS_DETACHED;
  if (uid) {
    options.flags |= UV_PROCESS_SETUID;
    options.uid = static_cast<uv_uid_t>(*uid);
  }
  if (gid) {
    options.flags |= UV_PROCESS_SETGID;
    options.gid = static_cast<uv_gid_t>(*gid);
  }
  options.stdio_count = static_cast<int>(stdio.size());
  options.stdio = stdio.data();
  return options;
}

}  // namespace gyre
