#ifndef GYRE_PROCESS_BINDING_H_
#define GYRE_PROCESS_BINDING_H_

#include <string>
#include <vector>

#include "runtime/glue/binding.h"

namespace gyre {

// What the process was started with; set by main before any environment.
struct ProcessStart {
  std::string argv0;                   // as given
  std::string exec_path;               // absolute
  std::vector<std::string> exec_argv;  // options
  std::vector<std::string> arguments;  // script and its arguments
  bool has_eval = false;
  uint64_t start_ns = 0;  // uv_hrtime() at the top of main
};
void SetProcessStart(ProcessStart start);
const ProcessStart& GetProcessStart();

// internalBinding('process'): the process as the operating system sees it, and process.env.
void InitProcess(BindingBuilder& b);

// internalBinding('signal'): class Signal {start(signum), stop(), onsignal(signum)} + Handle.
void InitSignal(BindingBuilder& b);

// internalBinding('task_queue'): microtasks and promise rejections.
void InitTaskQueue(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_PROCESS_BINDING_H_
