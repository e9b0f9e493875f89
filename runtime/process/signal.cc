#include "runtime/loop/handle.h"
#include "runtime/process/binding.h"

namespace gyre {
namespace {

// A watched signal; JavaScript's process object keeps one per signal that has listeners.
class Signal final : public Handle {
 public:
  Signal(Environment& env, v8::Local<v8::Object> self) : Handle(env, self, "SIGNALWRAP") {
    uv_signal_init(Loop::From(env).uv(), &signal_);
    Initialized(reinterpret_cast<uv_handle_t*>(&signal_));
  }

  int32_t Start(int32_t signum) {
    return uv_signal_start(
        &signal_,
        [](uv_signal_t* signal, int signum) {
          auto* self = static_cast<Signal*>(signal->data);
          v8::HandleScope scope(self->isolate());
          v8::Local<v8::Value> argument = ToV8(self->env(), signum);
          self->MakeCallback(self->env().Intern("onsignal"), 1, &argument);
        },
        signum);
  }
  int32_t Stop() { return uv_signal_stop(&signal_); }

 private:
  uv_signal_t signal_;
};

}  // namespace

void InitSignal(BindingBuilder& b) {
  b.Class<Signal>("Signal")
      .Constructor<>()
      .Method<&Signal::Start>("start")
      .Method<&Signal::Stop>("stop")
      .Inherits<Handle>();
}

}  // namespace gyre
