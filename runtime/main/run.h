#ifndef GYRE_MAIN_RUN_H_
#define GYRE_MAIN_RUN_H_

namespace gyre {

// The whole life of the process: command line, V8, realm, the user's program, the loop, exit.
// Returns the exit code.
int Run(int argc, char** argv);

}  // namespace gyre

#endif  // GYRE_MAIN_RUN_H_
