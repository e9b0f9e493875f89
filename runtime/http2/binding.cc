#include "runtime/http2/binding.h"

#include <nghttp2/nghttp2.h>

#include <string>

#include "runtime/http2/http2_state.h"
#include "runtime/http2/session.h"

namespace gyre {
namespace {

// setCallbacks([onStream, onPush, ...]) in the order of Http2State::Callback; once, before the
// first session.
void SetCallbacks(Environment& env, v8::Local<v8::Array> functions) {
  auto& state = env.State<Http2State>();
  for (uint32_t i = 0; i < Http2State::kCallbacks; i++) {
    state.SetCallback(static_cast<Http2State::Callback>(i),
                      functions->Get(env.context(), i).ToLocalChecked().As<v8::Function>());
  }
}

std::string ErrorString(int32_t error) { return nghttp2_strerror(error); }

}  // namespace

void InitHttp2(BindingBuilder& b) {
  b.Function<SetCallbacks>("setCallbacks");
  b.Function<ErrorString>("errorString");
  b.Constant("version", NGHTTP2_VERSION);
  DeclareHttp2Session(b);
}

}  // namespace gyre
