#ifndef GYRE_CHILD_PROCESS_PROCESS_HANDLE_H_
#define GYRE_CHILD_PROCESS_PROCESS_HANDLE_H_

#include <cstdint>

#include "runtime/child_process/spawn_options.h"
#include "runtime/loop/handle.h"
#include "uv.h"

namespace gyre {

// A child process. JS: new Process(), onexit(exitCode, signal) once it ended, spawn(...)
// kill(signal) pid, and what every Handle has. Until spawn() succeeded there is no libuv handle
// behind it.
class ProcessHandle final : public Handle {
 public:
  // How one of the child's descriptors is made; `kind` in the stdio array of spawn().
  enum StdioKind : int32_t { kIgnore = 0, kPipe = 1, kStream = 2, kFd = 3 };

  ProcessHandle(Environment& env, v8::Local<v8::Object> self);

  // spawn(file, args, env, cwd, uid, gid, detached, stdio): 0 or a negative uv error. `stdio` is
  // flat: kind, value,
  // ... where the value is a Pipe to connect (kPipe), a stream handle (kStream) or a descriptor
  // (kFd) to pass on.
  void Spawn(const v8::FunctionCallbackInfo<v8::Value>& info);
  int32_t Kill(int32_t signal);
  double Pid() const { return process_.pid; }

 private:
  static void OnExit(uv_process_t* process, int64_t status, int signal);

  uv_process_t process_ = {};
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_PROCESS_HANDLE_H_
