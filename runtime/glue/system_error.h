#ifndef GYRE_GLUE_SYSTEM_ERROR_H_
#define GYRE_GLUE_SYSTEM_ERROR_H_

#include <string_view>

#include "absl/status/status.h"
#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// A failed system call as a status. `uv_errno` is libuv's negative error number, `syscall` the name
// that Node reports (open, scandir, uv_os_gethostname, ...). In JavaScript it becomes Node's
//   Error: ENOENT: no such file or directory, open 'path'
// with the properties errno, code, syscall and, where not empty, path and dest.
absl::Status SystemError(int uv_errno, std::string_view syscall, std::string_view path = {},
                         std::string_view dest = {});

// An error with a Node error code: `TypeError [ERR_X]: message` for InvalidArgument, RangeError for
// OutOfRange, Error for everything else. For the few errors that only C++ can find; arguments are
// checked in JavaScript.
absl::Status NodeError(absl::StatusCode kind, std::string_view code, std::string_view message);

// The JavaScript error of a failed status; `null` of an OK one, as callbacks expect it.
v8::Local<v8::Value> ToV8Error(Environment& env, const absl::Status& status);

// Throws the JavaScript error of a failed status.
void Throw(Environment& env, const absl::Status& status);

}  // namespace gyre

#endif  // GYRE_GLUE_SYSTEM_ERROR_H_
