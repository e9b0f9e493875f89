#ifndef GYRE_MODULES_CJS_EXPORTS_H_
#define GYRE_MODULES_CJS_EXPORTS_H_

#include <string>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// What the text of a CommonJS module will export, guessed without running it: [names, requests],
// where requests are the modules whose exports it has too. Undefined for a text that the lexer does
// not understand, an ES module's among them.
v8::Local<v8::Value> LexExports(Environment& env, const std::string& source);

}  // namespace gyre

#endif  // GYRE_MODULES_CJS_EXPORTS_H_
