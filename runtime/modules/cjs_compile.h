#ifndef GYRE_MODULES_CJS_COMPILE_H_
#define GYRE_MODULES_CJS_COMPILE_H_

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Compiles the text of a CommonJS module into the function (exports, require, module, __filename,
// __dirname). With `detect`, a text that is an ES module's gives undefined instead of a syntax
// error.
v8::MaybeLocal<v8::Value> CompileCommonJs(Environment& env, v8::Local<v8::String> source,
                                          v8::Local<v8::String> filename, bool detect);

// Whether a text that is no CommonJS module could be an ES module.
bool HasModuleSyntax(Environment& env, v8::Local<v8::String> source,
                     v8::Local<v8::String> filename);

}  // namespace gyre

#endif  // GYRE_MODULES_CJS_COMPILE_H_
