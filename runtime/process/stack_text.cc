#include "runtime/process/stack_text.h"

#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"

namespace gyre {

std::string StackText(Environment& env, v8::Local<v8::StackTrace> stack) {
  std::string text;
  for (int i = 0; i < stack->GetFrameCount(); i++) {
    v8::Local<v8::StackFrame> frame = stack->GetFrame(env.isolate(), i);
    v8::Local<v8::String> script = frame->GetScriptNameOrSourceURL();
    v8::Local<v8::String> function = frame->GetFunctionName();
    const std::string place =
        absl::StrCat(script.IsEmpty() ? "<anonymous>" : FromV8<std::string>(env, script), ":",
                     frame->GetLineNumber(), ":", frame->GetColumn());
    const std::string name = function.IsEmpty() ? "" : FromV8<std::string>(env, function);
    absl::StrAppend(&text, text.empty() ? "" : "\n", "    at ",
                    name.empty() ? place : absl::StrCat(name, " (", place, ")"));
  }
  return text;
}

}  // namespace gyre
