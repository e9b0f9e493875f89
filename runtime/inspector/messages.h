#ifndef GYRE_INSPECTOR_MESSAGES_H_
#define GYRE_INSPECTOR_MESSAGES_H_

#include <string>
#include <string_view>

#include "v8-inspector.h"
#include "v8.h"

namespace gyre {

// Protocol messages between UTF-8, which frontends and threads exchange, and the strings of V8's
// inspector: Latin-1 or UTF-16.

// Owns the characters that a StringView of V8's inspector points to.
class InspectorText {
 public:
  explicit InspectorText(std::string_view utf8);

  v8_inspector::StringView view() const;

 private:
  std::string ascii_;
  std::u16string wide_;  // used when the text is not ASCII
};

std::string Utf8Of(const v8_inspector::StringView& text);

v8::Local<v8::String> ToV8String(v8::Isolate* isolate, const v8_inspector::StringView& text);

// The value of a string property of a message's outermost object, escapes not resolved; empty when
// there is none. Names of methods and sessions need no escapes.
std::string_view MessageField(std::string_view json, std::string_view key);

// file:// and the path, percent-encoded as url.pathToFileURL() does it.
std::string FileUrl(std::string_view path);

}  // namespace gyre

#endif  // GYRE_INSPECTOR_MESSAGES_H_
