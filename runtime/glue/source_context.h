#ifndef GYRE_GLUE_SOURCE_CONTEXT_H_
#define GYRE_GLUE_SOURCE_CONTEXT_H_

#include <string>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Where an exception was thrown, as it is printed above its stack:
//
//   /srv/app.js:3
//     throw new Error('no')
//     ^
//
// with a final newline; empty when V8 knows no place.
std::string DescribeSource(Environment& env, v8::Local<v8::Message> message);

// Remembers the description on an error object, the first time only: for errors that are caught and
// thrown again, such as syntax errors on their way through the loaders.
void AttachSource(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message);

// The same with a description that is not V8's: for parsers of other languages.
void AttachSourceText(Environment& env, v8::Local<v8::Object> error, const std::string& source);

// Puts the description before the error's stack, once: for code that was given to us as text, where
// the place is half of the message.
void DecorateStack(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message);

// What AttachSource() remembered: a string, or undefined when there is nothing. Empty when the
// error's stack has the place already: after DecorateStack() or DetachSource().
v8::Local<v8::Value> AttachedSource(Environment& env, v8::Local<v8::Value> error);
void DetachSource(Environment& env, v8::Local<v8::Object> error);

}  // namespace gyre

#endif  // GYRE_GLUE_SOURCE_CONTEXT_H_
