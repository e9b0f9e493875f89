#include "runtime/process/uncaught.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>

#include "runtime/base/exit_code.h"
#include "runtime/glue/convert.h"
#include "runtime/inspector/agent.h"
#include "runtime/process/stack_text.h"

namespace gyre {
namespace {

struct ExitState {
  explicit ExitState(Environment&) {}
  ExitHandler handler = [](Environment&, int code) {
    fflush(stdout);
    fflush(stderr);
    exit(code);
  };
};

// Where an exception was thrown, as the uncaught handler of JavaScript prints it: [script name,
// line, source line, first column, last column, stack with --trace-uncaught]; undefined when V8
// does not know.
v8::Local<v8::Value> ThrowSite(Environment& env, v8::Local<v8::Message> message) {
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::String> line;
  if (message.IsEmpty() || !message->GetSourceLine(context).ToLocal(&line)) {
    return v8::Undefined(env.isolate());
  }
  v8::ScriptOrigin origin = message->GetScriptOrigin();
  v8::Local<v8::Value> name = origin.ResourceName();
  if (name.IsEmpty()) name = v8::Undefined(env.isolate());
  v8::Local<v8::Value> site[] = {name,
                                 ToV8(env, message->GetLineNumber(context).FromMaybe(0)),
                                 line,
                                 ToV8(env, message->GetStartColumn(context).FromMaybe(0)),
                                 ToV8(env, message->GetEndColumn(context).FromMaybe(0)),
                                 v8::Undefined(env.isolate())};
  v8::Local<v8::StackTrace> stack = message->GetStackTrace();
  if (env.options().GetBool("--trace-uncaught") && !stack.IsEmpty()) {
    site[5] = ToV8(env, StackText(env, stack));
  }
  return v8::Array::New(env.isolate(), site, std::size(site));
}

void PrintFallback(Environment& env, v8::Local<v8::Value> error) {
  std::string text;
  if (error->IsObject()) {
    v8::TryCatch ignored(env.isolate());
    v8::Local<v8::Value> stack;
    if (error.As<v8::Object>()
            ->Get(env.context(), ToV8(env, "stack").As<v8::Name>())
            .ToLocal(&stack) &&
        stack->IsString()) {
      text = FromV8<std::string>(env, stack);
    }
  }
  if (text.empty()) {
    v8::String::Utf8Value value(env.isolate(), error);
    text = *value == nullptr ? "<an exception that cannot be converted>" : *value;
  }
  fprintf(stderr, "%s\n", text.c_str());
}

// The handler itself failed, or a listener of the program: if printing fails as well, nothing of
// JavaScript's is trusted any more.
void PrintSecond(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  v8::TryCatch third(env.isolate());
  v8::Local<v8::Value> arguments[] = {error, ThrowSite(env, message)};
  if (env.GetRealmValue("printFatal")
          .As<v8::Function>()
          ->Call(env.context(), v8::Undefined(env.isolate()), 2, arguments)
          .IsEmpty()) {
    PrintFallback(env, error);
  }
}

void Handle(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message,
            bool from_promise) {
  if (env.isolate()->IsExecutionTerminating() || !env.can_call_into_js()) return;
  v8::HandleScope scope(env.isolate());
  v8::Context::Scope context(env.context());
  v8::Local<v8::Value> handler = env.GetRealmValue("onUncaughtException");
  if (!handler->IsFunction()) {
    PrintFallback(env, error);
    return Exit(env, exit_code::kGenericUserError);
  }
  // JavaScript answers undefined when the exception was handled, otherwise the exit code.
  v8::TryCatch second(env.isolate());
  v8::Local<v8::Value> arguments[] = {error, ToV8(env, from_promise), ThrowSite(env, message)};
  v8::Local<v8::Value> code;
  if (!handler.As<v8::Function>()
           ->Call(env.context(), v8::Undefined(env.isolate()), 3, arguments)
           .ToLocal(&code)) {
    if (second.HasTerminated()) return;
    PrintSecond(env, second.Exception(), second.Message());
    return Exit(env, exit_code::kExceptionInHandler);
  }
  if (!code->IsNumber()) return;
  NotifyException(env, error, message);
  Exit(env, FromV8<int32_t>(env, code));
}

void OnMessage(v8::Local<v8::Message> message, v8::Local<v8::Value> error) {
  Environment& env = Environment::From(v8::Isolate::GetCurrent());
  if (message->ErrorLevel() != v8::Isolate::MessageErrorLevel::kMessageError) return;
  Handle(env, error, message, false);
}

void OnPromiseReject(v8::PromiseRejectMessage message) {
  v8::Local<v8::Promise> promise = message.GetPromise();
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  if (!Environment::Exists(isolate)) return;
  Environment& env = Environment::From(isolate);
  if (!env.can_call_into_js()) return;
  v8::Local<v8::Value> handler = env.GetRealmValue("onPromiseReject");
  if (!handler->IsFunction()) return;
  v8::Local<v8::Value> value = message.GetValue();
  if (value.IsEmpty()) value = v8::Undefined(isolate);
  v8::Local<v8::Value> arguments[] = {ToV8(env, static_cast<int>(message.GetEvent())), promise,
                                      value};
  v8::TryCatch try_catch(isolate);
  if (handler.As<v8::Function>()
          ->Call(env.context(), v8::Undefined(isolate), 3, arguments)
          .IsEmpty() &&
      !try_catch.HasTerminated()) {
    // As when the stack is exhausted. The rejection is lost; V8 has no way to be told.
    fputs("Exception in PromiseRejectCallback:\n", stderr);
    PrintSecond(env, try_catch.Exception(), try_catch.Message());
  }
}

}  // namespace

void InstallUncaughtHandlers(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  isolate->AddMessageListenerWithErrorLevel(OnMessage, v8::Isolate::kMessageError);
  isolate->SetPromiseRejectCallback(OnPromiseReject);
  if (env.options().GetBool("--trace-uncaught")) {
    isolate->SetCaptureStackTraceForUncaughtExceptions(true, 10, v8::StackTrace::kDetailed);
  }
}

void RemoveUncaughtHandlers(v8::Isolate* isolate) {
  isolate->RemoveMessageListeners(OnMessage);
  isolate->SetPromiseRejectCallback(nullptr);
}

void TriggerUncaughtException(Environment& env, v8::Local<v8::Value> error, bool from_promise) {
  v8::Local<v8::Message> message = v8::Exception::CreateMessage(env.isolate(), error);
  Handle(env, error, message, from_promise);
}

void SetExitHandler(Environment& env, ExitHandler handler) {
  env.State<ExitState>().handler = handler;
}

void Exit(Environment& env, int code) { env.State<ExitState>().handler(env, code); }

}  // namespace gyre
