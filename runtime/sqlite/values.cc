#include "runtime/sqlite/values.h"

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/sqlite/errors.h"

namespace gyre {
namespace {

constexpr int64_t kMaxSafeInteger = (int64_t{1} << 53) - 1;

// One interface to what SQLite reads with two sets of functions.
struct Column {
  sqlite3_stmt* statement;
  int index;
  int Type() const { return sqlite3_column_type(statement, index); }
  int64_t Integer() const { return sqlite3_column_int64(statement, index); }
  double Real() const { return sqlite3_column_double(statement, index); }
  const void* Text() const { return sqlite3_column_text(statement, index); }
  const void* Blob() const { return sqlite3_column_blob(statement, index); }
  size_t Size() const { return sqlite3_column_bytes(statement, index); }
};

struct Argument {
  sqlite3_value* value;
  int Type() const { return sqlite3_value_type(value); }
  int64_t Integer() const { return sqlite3_value_int64(value); }
  double Real() const { return sqlite3_value_double(value); }
  const void* Text() const { return sqlite3_value_text(value); }
  const void* Blob() const { return sqlite3_value_blob(value); }
  size_t Size() const { return sqlite3_value_bytes(value); }
};

v8::MaybeLocal<v8::Value> ReadInteger(Environment& env, int64_t value, bool bigints) {
  if (bigints) return v8::BigInt::New(env.isolate(), value);
  if (value > kMaxSafeInteger || value < -kMaxSafeInteger) {
    Throw(env, NodeError(absl::StatusCode::kOutOfRange, "ERR_OUT_OF_RANGE",
                         absl::StrCat("Value is too large to be represented as a JavaScript "
                                      "number: ",
                                      value)));
    return {};
  }
  return ToV8(env, value);
}

template <class Source>
v8::MaybeLocal<v8::Value> Read(Environment& env, const Source& source, bool bigints) {
  switch (source.Type()) {
    case SQLITE_INTEGER:
      return ReadInteger(env, source.Integer(), bigints);
    case SQLITE_FLOAT:
      return ToV8(env, source.Real());
    case SQLITE_TEXT: {
      // The size is that of the last conversion, so the pointer is asked for first.
      const void* text = source.Text();
      return ReadText(env, {static_cast<const char*>(text), source.Size()});
    }
    case SQLITE_BLOB: {
      const void* blob = source.Blob();
      return CopyBytes(env, blob, source.Size());
    }
    default:
      return v8::Null(env.isolate());
  }
}

bool IsBuffer(v8::Local<v8::Value> value) {
  return value->IsArrayBufferView() || value->IsArrayBuffer() || value->IsSharedArrayBuffer();
}

// UTF-8 of a string in memory that SQLite takes over and frees with sqlite3_free().
struct Utf8 {
  Utf8(Environment& env, v8::Local<v8::String> string)
      : size(string->Utf8Length(env.isolate())),
        data(static_cast<char*>(sqlite3_malloc64(size + 1))) {
    CHECK(data != nullptr) << "no memory for a string";
    string->WriteUtf8(env.isolate(), data, size, v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
  const size_t size;
  char* const data;
};

// Bytes to copy; without any SQLite would take a null pointer for NULL.
const void* BytesOf(const Bytes& bytes) {
  if (bytes.size() == 0) return "";
  return bytes.data();
}

}  // namespace

v8::MaybeLocal<v8::Value> ReadText(Environment& env, std::string_view text) {
  // A shorter text always fits: it has at least as many bytes as UTF-16 code units.
  if (text.size() <= v8::String::kMaxLength) return ToV8(env, text);
  v8::Local<v8::String> string;
  if (text.size() <= INT32_MAX &&
      v8::String::NewFromUtf8(env.isolate(), text.data(), v8::NewStringType::kNormal,
                              static_cast<int>(text.size()))
          .ToLocal(&string)) {
    return string;
  }
  Throw(env, NodeError(absl::StatusCode::kUnknown, "ERR_STRING_TOO_LONG",
                       absl::StrFormat("Cannot create a string longer than 0x%x characters",
                                       v8::String::kMaxLength)));
  return {};
}

v8::Local<v8::Value> CopyBytes(Environment& env, const void* bytes, size_t size) {
  return CopyToUint8Array(env, std::span(static_cast<const uint8_t*>(bytes), size));
}

v8::MaybeLocal<v8::Value> ReadColumn(Environment& env, sqlite3_stmt* statement, int column,
                                     bool bigints) {
  return Read(env, Column{statement, column}, bigints);
}

v8::MaybeLocal<v8::Value> ReadArgument(Environment& env, sqlite3_value* value, bool bigints) {
  return Read(env, Argument{value}, bigints);
}

bool BindValue(Environment& env, sqlite3_stmt* statement, int parameter,
               v8::Local<v8::Value> value) {
  int code = SQLITE_OK;
  if (value->IsNumber()) {
    code = sqlite3_bind_double(statement, parameter, value.As<v8::Number>()->Value());
  } else if (value->IsString()) {
    Utf8 text(env, value.As<v8::String>());
    code =
        sqlite3_bind_text64(statement, parameter, text.data, text.size, sqlite3_free, SQLITE_UTF8);
  } else if (value->IsNull()) {
    code = sqlite3_bind_null(statement, parameter);
  } else if (IsBuffer(value)) {
    Bytes bytes(value);
    code =
        sqlite3_bind_blob64(statement, parameter, BytesOf(bytes), bytes.size(), SQLITE_TRANSIENT);
  } else if (value->IsBoolean()) {
    code = sqlite3_bind_int(statement, parameter, value->IsTrue());
  } else if (value->IsBigInt()) {
    bool lossless = false;
    const int64_t integer = value.As<v8::BigInt>()->Int64Value(&lossless);
    if (!lossless) {
      Throw(env, NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_ARG_VALUE",
                           "BigInt value is too large to bind."));
      return false;
    }
    code = sqlite3_bind_int64(statement, parameter, integer);
  } else {
    Throw(env, NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_ARG_TYPE",
                         absl::StrCat("Provided value cannot be bound to SQLite parameter ",
                                      parameter, ".")));
    return false;
  }
  if (code == SQLITE_OK) return true;
  ThrowSqliteError(env, sqlite3_db_handle(statement));
  return false;
}

void SetResult(Environment& env, sqlite3_context* context, v8::Local<v8::Value> value) {
  if (value->IsNullOrUndefined()) {
    sqlite3_result_null(context);
  } else if (value->IsNumber()) {
    sqlite3_result_double(context, value.As<v8::Number>()->Value());
  } else if (value->IsString()) {
    Utf8 text(env, value.As<v8::String>());
    sqlite3_result_text64(context, text.data, text.size, sqlite3_free, SQLITE_UTF8);
  } else if (IsBuffer(value)) {
    Bytes bytes(value);
    sqlite3_result_blob64(context, BytesOf(bytes), bytes.size(), SQLITE_TRANSIENT);
  } else if (value->IsBigInt()) {
    bool lossless = false;
    const int64_t integer = value.As<v8::BigInt>()->Int64Value(&lossless);
    if (lossless) {
      sqlite3_result_int64(context, integer);
    } else {
      sqlite3_result_error(context, "BigInt value is too large for SQLite", -1);
    }
  } else if (value->IsPromise()) {
    sqlite3_result_error(context, "Asynchronous user-defined functions are not supported", -1);
  } else {
    sqlite3_result_error(context, "Returned JavaScript value cannot be converted to a SQLite value",
                         -1);
  }
}

}  // namespace gyre
