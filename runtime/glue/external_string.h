#ifndef GYRE_GLUE_EXTERNAL_STRING_H_
#define GYRE_GLUE_EXTERNAL_STRING_H_

#include <string>
#include <string_view>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// A JavaScript string over Latin-1 bytes that live as long as the process; nothing is copied.
v8::Local<v8::String> StaticOneByteString(Environment& env, std::string_view latin1);

// A JavaScript string over Latin-1 bytes that it then owns: worth it from about a kilobyte.
v8::MaybeLocal<v8::String> ExternalOneByteString(Environment& env, std::string latin1);

// The same for UTF-16.
v8::MaybeLocal<v8::String> ExternalTwoByteString(Environment& env, std::u16string utf16);

}  // namespace gyre

#endif  // GYRE_GLUE_EXTERNAL_STRING_H_
