#include "runtime/glue/external_string.h"

#include <utility>

namespace gyre {
namespace {

class StaticResource final : public v8::String::ExternalOneByteStringResource {
 public:
  explicit StaticResource(std::string_view bytes) : bytes_(bytes) {}
  const char* data() const override { return bytes_.data(); }
  size_t length() const override { return bytes_.size(); }

 private:
  const std::string_view bytes_;
};

class OneByteResource final : public v8::String::ExternalOneByteStringResource {
 public:
  explicit OneByteResource(std::string bytes) : bytes_(std::move(bytes)) {}
  const char* data() const override { return bytes_.data(); }
  size_t length() const override { return bytes_.size(); }

 private:
  const std::string bytes_;
};

class TwoByteResource final : public v8::String::ExternalStringResource {
 public:
  explicit TwoByteResource(std::u16string units) : units_(std::move(units)) {}
  const uint16_t* data() const override { return reinterpret_cast<const uint16_t*>(units_.data()); }
  size_t length() const override { return units_.size(); }

 private:
  const std::u16string units_;
};

}  // namespace

v8::Local<v8::String> StaticOneByteString(Environment& env, std::string_view latin1) {
  if (latin1.empty()) return v8::String::Empty(env.isolate());
  return v8::String::NewExternalOneByte(env.isolate(), new StaticResource(latin1)).ToLocalChecked();
}

v8::MaybeLocal<v8::String> ExternalOneByteString(Environment& env, std::string latin1) {
  if (latin1.empty()) return v8::String::Empty(env.isolate());
  auto resource = std::make_unique<OneByteResource>(std::move(latin1));
  v8::MaybeLocal<v8::String> string = v8::String::NewExternalOneByte(env.isolate(), resource.get());
  if (!string.IsEmpty()) resource.release();  // the string owns it
  return string;
}

v8::MaybeLocal<v8::String> ExternalTwoByteString(Environment& env, std::u16string utf16) {
  if (utf16.empty()) return v8::String::Empty(env.isolate());
  auto resource = std::make_unique<TwoByteResource>(std::move(utf16));
  v8::MaybeLocal<v8::String> string = v8::String::NewExternalTwoByte(env.isolate(), resource.get());
  if (!string.IsEmpty()) resource.release();
  return string;
}

}  // namespace gyre
