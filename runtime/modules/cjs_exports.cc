#include "runtime/modules/cjs_exports.h"

#include <iterator>
#include <vector>

#include "merve.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

v8::Local<v8::Value> NamesToV8(Environment& env, const std::vector<lexer::export_entry>& entries) {
  std::vector<v8::Local<v8::Value>> names;
  names.reserve(entries.size());
  for (const lexer::export_entry& entry : entries) {
    names.push_back(ToV8(env, lexer::get_string_view(entry)));
  }
  return v8::Array::New(env.isolate(), names.data(), names.size());
}

}  // namespace

v8::Local<v8::Value> LexExports(Environment& env, const std::string& source) {
  const auto found = lexer::parse_commonjs(source);
  if (!found.has_value()) return v8::Undefined(env.isolate());
  v8::Local<v8::Value> pair[] = {NamesToV8(env, found->exports), NamesToV8(env, found->re_exports)};
  return v8::Array::New(env.isolate(), pair, std::size(pair));
}

}  // namespace gyre
