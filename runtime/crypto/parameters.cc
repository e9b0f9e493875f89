#include "runtime/crypto/parameters.h"

#include <utility>

#include "runtime/glue/convert.h"

namespace gyre {

Parameters::Parameters(Environment& env, v8::Local<v8::Value> list) {
  if (!list->IsArray()) return;
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Array> array = list.As<v8::Array>();
  for (uint32_t i = 0; i + 1 < array->Length(); i += 2) {
    Entry entry;
    entry.name = FromV8<std::string>(env, array->Get(context, i).ToLocalChecked());
    v8::Local<v8::Value> value = array->Get(context, i + 1).ToLocalChecked();
    if (value->IsString()) {
      entry.kind = Kind::kText;
      entry.bytes = FromV8<std::string>(env, value);
    } else if (value->IsNumber()) {
      entry.kind = Kind::kInteger;
      entry.integer = FromV8<int32_t>(env, value);
    } else if (value->IsArray()) {
      entry.kind = Kind::kBignum;
      v8::Local<v8::Value> number = value.As<v8::Array>()->Get(context, 0).ToLocalChecked();
      entry.bytes = FromV8<Bytes>(env, number).view();
    } else {
      entry.kind = Kind::kBytes;
      entry.bytes = FromV8<Bytes>(env, value).view();
    }
    entries_.push_back(std::move(entry));
  }
}

OsslParams Parameters::Build() const& {
  const OpenSslPointer<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  std::vector<BignumPointer> numbers;  // the builder refers to them
  bool ok = builder != nullptr;
  for (const Entry& entry : entries_) {
    const char* name = entry.name.c_str();
    switch (entry.kind) {
      case Kind::kText:
        ok = ok && OSSL_PARAM_BLD_push_utf8_string(builder.get(), name, entry.bytes.data(),
                                                   entry.bytes.size());
        break;
      case Kind::kInteger:
        ok = ok && OSSL_PARAM_BLD_push_int(builder.get(), name, entry.integer);
        break;
      case Kind::kBytes:
        ok = ok && OSSL_PARAM_BLD_push_octet_string(builder.get(), name, entry.bytes.data(),
                                                    entry.bytes.size());
        break;
      case Kind::kBignum:
        numbers.emplace_back(
            BN_bin2bn(UnsignedData(entry.bytes), static_cast<int>(entry.bytes.size()), nullptr));
        ok = ok && OSSL_PARAM_BLD_push_BN(builder.get(), name, numbers.back().get());
    }
  }
  return OsslParams(ok ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
}

}  // namespace gyre
