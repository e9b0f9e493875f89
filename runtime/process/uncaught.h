#ifndef GYRE_PROCESS_UNCAUGHT_H_
#define GYRE_PROCESS_UNCAUGHT_H_

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Connects an isolate's uncaught exceptions and promise rejections to process: the realm values
// onUncaughtException and onPromiseReject. Once per isolate, after deserialisation.
void InstallUncaughtHandlers(Environment& env);

// Undoes it, for an isolate that is to be made into a snapshot.
void RemoveUncaughtHandlers(v8::Isolate* isolate);

// An exception that nothing caught: 'uncaughtException' listeners get it; without any it is printed
// as Node prints it and the process (or worker) ends with code 1, or 7 when a listener throws.
void TriggerUncaughtException(Environment& env, v8::Local<v8::Value> error, bool from_promise);

// Ends this environment: the process with `code` on the main thread; a worker overrides it.
using ExitHandler = void (*)(Environment& env, int code);
void SetExitHandler(Environment& env, ExitHandler handler);
void Exit(Environment& env, int code);

}  // namespace gyre

#endif  // GYRE_PROCESS_UNCAUGHT_H_
