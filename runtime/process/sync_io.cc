#include "runtime/process/sync_io.h"

#include <unistd.h>

#include <cstdio>
#include <string>

#include "runtime/process/stack_text.h"

namespace gyre {

void ReportSyncIo(Environment& env) {
  v8::HandleScope handles(env.isolate());
  const std::string stack = StackText(env, v8::StackTrace::CurrentStackTrace(env.isolate(), 10));
  fprintf(stderr, "(node:%d) WARNING: Detected use of sync API\n%s\n\n", getpid(), stack.c_str());
}

}  // namespace gyre
