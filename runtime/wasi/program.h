#ifndef GYRE_WASI_PROGRAM_H_
#define GYRE_WASI_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/glue/binding.h"
#include "runtime/wasi/calls.h"
#include "v8.h"

namespace gyre {

// What a WebAssembly program has of the world: its arguments, environment and files, which are
// closed when the object is collected. Its methods are the program's imports.
class WasiProgram final : public Collected {
 public:
  static void Declare(BindingBuilder& b);

  WasiProgram(Environment& env, v8::Local<v8::Object> self);
  ~WasiProgram() override;

  uvwasi_t* uvwasi() { return &uvwasi_; }
  // The program's memory as it is now; false when it was not started.
  bool GetMemory(WasiMemory* memory);

  // `environment`: NAME=value; `preopens`: names and the paths of their folders in turn; `stdio`:
  // three descriptors. A WASI errno.
  int32_t Open(const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment,
               const std::vector<std::string>& preopens, const std::vector<int32_t>& stdio);
  // Throws when it is none. Of a program that was opened.
  void SetMemory(v8::Local<v8::Value> memory);

 private:
  // An import: one of the functions of calls.h.
  template <auto kFunction>
  void Import(const v8::FunctionCallbackInfo<v8::Value>& info);

  uvwasi_t uvwasi_;
  bool is_open_ = false;
  v8::Global<v8::WasmMemoryObject> memory_;
};

}  // namespace gyre

#endif  // GYRE_WASI_PROGRAM_H_
