#ifndef GYRE_BASE_EXIT_CODE_H_
#define GYRE_BASE_EXIT_CODE_H_

// What a process ends with that did not choose itself:
// https://nodejs.org/api/process.html#exit-codes. JavaScript has them as
// internalBinding('process').exitCodes.
namespace gyre::exit_code {

inline constexpr int kGenericUserError = 1;
inline constexpr int kExceptionInHandler = 7;
inline constexpr int kInvalidArgument = 9;
inline constexpr int kInvalidDebugArgument = 12;
inline constexpr int kUnsettledTopLevelAwait = 13;
inline constexpr int kStartupSnapshotFailure = 14;

}  // namespace gyre::exit_code

#endif  // GYRE_BASE_EXIT_CODE_H_
