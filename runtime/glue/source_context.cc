#include "runtime/glue/source_context.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

v8::Local<v8::Private> Key(Environment& env) {
  return v8::Private::ForApi(env.isolate(), env.Intern("gyre:source"));
}

// The line below a source line: carets under [start, end), with the line's own tabs before them.
std::string Underline(v8::Isolate* isolate, v8::Local<v8::String> line, int start, int end) {
  v8::String::ValueView view(isolate, line);
  auto unit = [&](int i) -> uint16_t {
    return view.is_one_byte() ? view.data8()[i] : view.data16()[i];
  };
  std::string underline;
  for (int i = 0; i < std::min(start, static_cast<int>(view.length())); i++) {
    underline += unit(i) == '\t' ? '\t' : ' ';
  }
  underline.append(std::max(0, end - start), '^');
  return underline;
}

}  // namespace

std::string DescribeSource(Environment& env, v8::Local<v8::Message> message) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::String> line;
  if (message.IsEmpty() || !message->GetSourceLine(context).ToLocal(&line)) return "";
  v8::Local<v8::Value> name = message->GetScriptResourceName();
  std::string file = "<anonymous_script>";
  if (name->IsString()) file = FromV8<std::string>(env, name);
  int number = message->GetLineNumber(context).FromMaybe(0);
  int start = message->GetStartColumn(context).FromMaybe(0);
  int end = message->GetEndColumn(context).FromMaybe(start);
  // Columns of a script's first line count from where the script begins in its file; the line does
  // not.
  v8::ScriptOrigin origin = message->GetScriptOrigin();
  if (number - origin.LineOffset() == 1 && start >= origin.ColumnOffset()) {
    start -= origin.ColumnOffset();
    end -= origin.ColumnOffset();
  }
  return absl::StrCat(file, ":", number, "\n", FromV8<std::string>(env, line), "\n",
                      Underline(isolate, line, start, end), "\n");
}

void AttachSource(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  if (!error->IsNativeError()) return;
  v8::Local<v8::Object> object = error.As<v8::Object>();
  if (object->HasPrivate(env.context(), Key(env)).FromMaybe(true)) return;
  std::string source = DescribeSource(env, message);
  if (!source.empty()) object->SetPrivate(env.context(), Key(env), ToV8(env, source)).Check();
}

void AttachSourceText(Environment& env, v8::Local<v8::Object> error, const std::string& source) {
  error->SetPrivate(env.context(), Key(env), ToV8(env, source)).Check();
}

void DecorateStack(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  if (!error->IsNativeError()) return;
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Object> object = error.As<v8::Object>();
  if (object->HasPrivate(context, Key(env)).FromMaybe(true)) return;
  std::string source = DescribeSource(env, message);
  v8::Local<v8::Value> stack;
  if (source.empty() || !object->Get(context, env.Intern("stack")).ToLocal(&stack) ||
      !stack->IsString()) {
    return;
  }
  std::string decorated = absl::StrCat(source, "\n", FromV8<std::string>(env, stack));
  if (object->Set(context, env.Intern("stack"), ToV8(env, decorated)).IsJust()) {
    DetachSource(env, object);
  }
}

v8::Local<v8::Value> AttachedSource(Environment& env, v8::Local<v8::Value> error) {
  v8::Local<v8::Value> source = v8::Undefined(env.isolate());
  if (error->IsObject()) {
    (void)error.As<v8::Object>()->GetPrivate(env.context(), Key(env)).ToLocal(&source);
  }
  return source;
}

void DetachSource(Environment& env, v8::Local<v8::Object> error) {
  error->SetPrivate(env.context(), Key(env), v8::String::Empty(env.isolate())).Check();
}

}  // namespace gyre
