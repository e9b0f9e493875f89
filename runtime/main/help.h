#ifndef GYRE_MAIN_HELP_H_
#define GYRE_MAIN_HELP_H_

namespace gyre {

// --version and --help; both return the exit code.
int PrintVersion();
int PrintHelp();

}  // namespace gyre

#endif  // GYRE_MAIN_HELP_H_
