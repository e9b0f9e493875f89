#include "runtime/wasi/binding.h"

#include "runtime/wasi/program.h"

namespace gyre {

void InitWasi(BindingBuilder& b) { WasiProgram::Declare(b); }

}  // namespace gyre
