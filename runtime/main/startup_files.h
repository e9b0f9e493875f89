#ifndef GYRE_MAIN_STARTUP_FILES_H_
#define GYRE_MAIN_STARTUP_FILES_H_

#include <span>
#include <string>

#include "runtime/base/options.h"

namespace gyre {

// All that decides about options, into `line`: the files of --env-file and its like, whose
// variables the process gets, the configuration file, NODE_OPTIONS and the arguments. False when
// something is wrong, which has been said then.
bool ReadOptions(const char* program, std::span<const std::string> arguments, CommandLine* line);

}  // namespace gyre

#endif  // GYRE_MAIN_STARTUP_FILES_H_
