#ifndef GYRE_BASE_VERSION_H_
#define GYRE_BASE_VERSION_H_

namespace gyre {

// Our own release: process.versions.gyre.
inline constexpr char kGyreVersion[] = "0.1.0";

// The Node release whose behaviour is replayed: process.version, and what programs test for.
inline constexpr char kNodeVersion[] = "24.21.0";
inline constexpr char kNodeModulesAbi[] = "137";

}  // namespace gyre

#endif  // GYRE_BASE_VERSION_H_
