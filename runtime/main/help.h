#ifndef GYRE_MAIN_HELP_H_
#define GYRE_MAIN_HELP_H_

namespace gyre {

// --version and --help; both return the exit code.
int PrintVersion();
int PrintHelp();

// For `eval "$(gyre --completion-bash)"` in a shell's settings.
int PrintBashCompletion();

}  // namespace gyre

#endif  // GYRE_MAIN_HELP_H_
