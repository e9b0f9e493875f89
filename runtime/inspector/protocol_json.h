#ifndef GYRE_INSPECTOR_PROTOCOL_JSON_H_
#define GYRE_INSPECTOR_PROTOCOL_JSON_H_

#include <string_view>

namespace gyre {

// V8's protocol as /json/protocol gives it; made at build time from V8's own description.
std::string_view ProtocolJson();

}  // namespace gyre

#endif  // GYRE_INSPECTOR_PROTOCOL_JSON_H_
