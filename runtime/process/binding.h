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
  double start_ms = 0;  // since 1970: performance.timeOrigin
  // uv_hrtime's times.
  uint64_t start_ns = 0;       // the top of main
  uint64_t node_start_ns = 0;  // the process is set up
  uint64_t v8_start_ns = 0;    // V8 is about to be started
};
void SetProcessStart(ProcessStart start);
const ProcessStart& GetProcessStart();

// When an environment came how far, for performance.nodeTiming; 0 is not yet.
struct NodeMilestones {
  explicit NodeMilestones(Environment&) {}
  uint64_t environment_ns = 0;
  uint64_t bootstrap_complete_ns = 0;
  uint64_t loop_start_ns = 0;
  uint64_t loop_exit_ns = 0;
};
// Sets a milestone to now, the first time.
void Mark(Environment& env, uint64_t NodeMilestones::* milestone);

// internalBinding('process'): the process as the operating system sees it, and process.env.
void InitProcess(BindingBuilder& b);

// internalBinding('signal'): class Signal {start(signum), stop(), onsignal(signum)} + Handle.
void InitSignal(BindingBuilder& b);

// internalBinding('task_queue'): microtasks and promise rejections.
void InitTaskQueue(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_PROCESS_BINDING_H_
