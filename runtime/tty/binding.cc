#include "runtime/tty/binding.h"

#include <uv.h>

#include "runtime/tty/tty_handle.h"

namespace gyre {
namespace {

bool IsTty(int32_t fd) { return uv_guess_handle(fd) == UV_TTY; }

}  // namespace

void InitTty(BindingBuilder& b) {
  b.Function<IsTty>("isTTY");
  b.Class<TtyHandle>("TTY")
      .Constructor<int32_t>()
      .Inherits<StreamHandle>()
      .Getter<&TtyHandle::InitError>("initError")
      .Method<&TtyHandle::GetWindowSize>("getWindowSize")
      .Method<&TtyHandle::SetMode>("setMode");
}

}  // namespace gyre
