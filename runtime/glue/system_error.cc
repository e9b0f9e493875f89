#include "runtime/glue/system_error.h"

#include <string>
#include <vector>

#include "absl/log/check.h"
#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/error_properties.h"
#include "uv.h"

namespace gyre {
namespace {

// Fields of a system error, separated by NUL, which no path contains: errno, syscall and what there
// is of path and dest.
constexpr std::string_view kSystemErrorPayload = "gyre/system-error";
constexpr std::string_view kCodePayload = "gyre/code";
// Names and values in turn, each ended by NUL.
constexpr std::string_view kPropertiesPayload = "gyre/properties";

void Set(Environment& env, v8::Local<v8::Object> object, std::string_view name,
         v8::Local<v8::Value> value) {
  // Not Set: what a program put on Object.prototype has no say in this.
  object->CreateDataProperty(env.context(), ToV8(env, name).As<v8::Name>(), value).Check();
}

v8::Local<v8::Value> SystemErrorToV8(Environment& env, std::string_view payload) {
  std::vector<std::string_view> fields = absl::StrSplit(payload, '\0');
  CHECK_GE(fields.size(), 2u);
  const bool has_path = fields.size() > 2;
  const bool has_dest = fields.size() > 3;
  int uv_errno = 0;
  CHECK(absl::SimpleAtoi(fields[0], &uv_errno));
  const char* code = uv_err_name(uv_errno);
  std::string message = absl::StrCat(code, ": ", uv_strerror(uv_errno), ", ", fields[1]);
  if (has_path) absl::StrAppend(&message, " '", fields[2], "'");
  if (has_dest) absl::StrAppend(&message, " -> '", fields[3], "'");

  v8::Local<v8::Object> error =
      v8::Exception::Error(ToV8(env, message).As<v8::String>()).As<v8::Object>();
  Set(env, error, "errno", ToV8(env, uv_errno));
  Set(env, error, "code", ToV8(env, code));
  Set(env, error, "syscall", ToV8(env, fields[1]));
  if (has_path) Set(env, error, "path", ToV8(env, fields[2]));
  if (has_dest) Set(env, error, "dest", ToV8(env, fields[3]));
  return error;
}

v8::Local<v8::Value> CodedErrorToV8(Environment& env, const absl::Status& status,
                                    std::string_view code) {
  v8::Local<v8::String> message = ToV8(env, status.message()).As<v8::String>();
  v8::Local<v8::Object> error;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      error = v8::Exception::TypeError(message).As<v8::Object>();
      break;
    case absl::StatusCode::kOutOfRange:
      error = v8::Exception::RangeError(message).As<v8::Object>();
      break;
    default:
      error = v8::Exception::Error(message).As<v8::Object>();
  }
  Set(env, error, "code", ToV8(env, code));
  if (auto payload = status.GetPayload(kPropertiesPayload)) {
    const std::string text(*payload);
    std::vector<std::string_view> fields = absl::StrSplit(text, '\0');
    for (size_t i = 0; i + 1 < fields.size(); i += 2) {
      Set(env, error, fields[i], ToV8(env, fields[i + 1]));
    }
  }
  return error;
}

}  // namespace

absl::Status SystemError(int uv_errno, std::string_view syscall, std::string_view path,
                         std::string_view dest) {
  CHECK_LT(uv_errno, 0);
  absl::Status status(absl::StatusCode::kUnknown, uv_strerror(uv_errno));
  std::string payload = absl::StrCat(uv_errno);
  for (std::string_view field : {syscall, path, dest}) {
    // A view of nothing is no path; an empty string is one, and the error names it: `open ''`.
    if (field.data() == nullptr) break;
    payload.push_back('\0');
    payload.append(field.substr(0, field.find('\0')));
  }
  status.SetPayload(kSystemErrorPayload, absl::Cord(payload));
  return status;
}

absl::Status NodeError(absl::StatusCode kind, std::string_view code, std::string_view message) {
  absl::Status status(kind, message);
  status.SetPayload(kCodePayload, absl::Cord(code));
  return status;
}

void SetErrorProperties(
    std::initializer_list<std::pair<std::string_view, std::string_view>> properties,
    absl::Status* status) {
  std::string payload;
  for (const auto& [name, value] : properties) {
    for (std::string_view text : {name, value}) {
      payload.append(text.substr(0, text.find('\0')));
      payload.push_back('\0');
    }
  }
  status->SetPayload(kPropertiesPayload, absl::Cord(payload));
}

v8::Local<v8::Value> ToV8Error(Environment& env, const absl::Status& status) {
  if (status.ok()) return v8::Null(env.isolate());
  if (auto payload = status.GetPayload(kSystemErrorPayload)) {
    return SystemErrorToV8(env, std::string(*payload));
  }
  if (auto code = status.GetPayload(kCodePayload)) {
    return CodedErrorToV8(env, status, std::string(*code));
  }
  return v8::Exception::Error(ToV8(env, status.message()).As<v8::String>());
}

void Throw(Environment& env, const absl::Status& status) {
  env.isolate()->ThrowException(ToV8Error(env, status));
}

}  // namespace gyre
