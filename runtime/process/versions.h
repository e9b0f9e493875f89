#ifndef GYRE_PROCESS_VERSIONS_H_
#define GYRE_PROCESS_VERSIONS_H_

#include <span>

namespace gyre {

// What this process is made of, for process.versions, process.release and diagnostic reports.

struct ComponentVersion {
  const char* name;  // as process.versions has it
  const char* version;
};

// Node's release that is replayed, Gyre, and the libraries that are linked in or embedded: sorted
// by name.
std::span<const ComponentVersion> ComponentVersions();

// process.release
struct NodeRelease {
  const char* name;
  const char* lts;
  const char* source_url;
  const char* headers_url;
};
NodeRelease GetNodeRelease();

}  // namespace gyre

#endif  // GYRE_PROCESS_VERSIONS_H_
