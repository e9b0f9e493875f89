#include "runtime/crypto/openssl_error.h"

#include <algorithm>
#include <cctype>

#include "openssl/err.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// False when a setter that the program put on Object.prototype throws.
bool Set(Environment& env, v8::Local<v8::Object> object, const char* name,
         v8::Local<v8::Value> value) {
  return object->Set(env.context(), ToV8(env, name), value).IsJust();
}

}  // namespace

// ERR_OSSL_EVP_UNSUPPORTED: the library's short name, except for what belongs to none, and the
// reason.
std::string OpenSslCodeName(unsigned long code, std::string_view reason) {  // NOLINT(runtime/int)
  struct Library {
    int id;
    const char* name;
  };
  constexpr Library kLibraries[] = {
      {ERR_LIB_BN, "BN"},
      {ERR_LIB_RSA, "RSA"},
      {ERR_LIB_DH, "DH"},
      {ERR_LIB_EVP, "EVP"},
      {ERR_LIB_BUF, "BUF"},
      {ERR_LIB_OBJ, "OBJ"},
      {ERR_LIB_PEM, "PEM"},
      {ERR_LIB_DSA, "DSA"},
      {ERR_LIB_EC, "EC"},
      {ERR_LIB_X509, "X509"},
      {ERR_LIB_ASN1, "ASN1"},
      {ERR_LIB_RAND, "RAND"},
      {ERR_LIB_SSL, "SSL"},
      {ERR_LIB_BIO, "BIO"},
      {ERR_LIB_PKCS12, "PKCS12"},
      {ERR_LIB_CRYPTO, "CRYPTO"},
      {ERR_LIB_OSSL_STORE, "OSSL_STORE"},
  };
  // Of TLS there is no doubt whose it is.
  std::string name = ERR_GET_LIB(code) == ERR_LIB_SSL ? "ERR_" : "ERR_OSSL_";
  for (const Library& library : kLibraries) {
    if (library.id == ERR_GET_LIB(code)) name += std::string(library.name) + "_";
  }
  for (char c : reason)
    name += c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

std::vector<unsigned long> TakeOpenSslErrors() {                        // NOLINT(runtime/int)
  std::vector<unsigned long> errors;                                    // NOLINT(runtime/int)
  while (unsigned long code = ERR_get_error()) errors.push_back(code);  // NOLINT(runtime/int)
  return errors;
}

std::string OpenSslErrorText(unsigned long code) {  // NOLINT(runtime/int)
  char text[256];
  ERR_error_string_n(code, text, sizeof(text));
  return text;
}

v8::Local<v8::Value> OpenSslError(Environment& env,
                                  const std::vector<unsigned long>& errors,  // NOLINT(runtime/int)
                                  std::string_view otherwise, bool whole_stack) {
  if (errors.empty()) return v8::Exception::Error(ToV8(env, otherwise).As<v8::String>());
  const unsigned long first = errors.front();  // NOLINT(runtime/int)
  v8::Local<v8::Object> error =
      v8::Exception::Error(ToV8(env, OpenSslErrorText(first)).As<v8::String>()).As<v8::Object>();
  const v8::TryCatch try_catch(env.isolate());
  bool ok = true;
  const size_t oldest = whole_stack ? 0 : 1;
  if (errors.size() > oldest) {
    std::vector<std::string> stack;
    for (size_t i = errors.size(); i-- > oldest;) stack.push_back(OpenSslErrorText(errors[i]));
    ok = Set(env, error, "opensslErrorStack", ToV8(env, stack));
  }
  if (const char* library = ERR_lib_error_string(first))
    ok = ok && Set(env, error, "library", ToV8(env, library));
  if (const char* reason = ERR_reason_error_string(first)) {
    ok = ok && Set(env, error, "reason", ToV8(env, reason)) &&
         Set(env, error, "code", ToV8(env, OpenSslCodeName(first, reason)));
  }
  if (!ok) return try_catch.Exception();
  return error;
}

void ThrowOpenSslError(Environment& env, std::string_view otherwise, bool whole_stack) {
  env.isolate()->ThrowException(OpenSslError(env, TakeOpenSslErrors(), otherwise, whole_stack));
}

}  // namespace gyre
