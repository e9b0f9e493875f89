#ifndef GYRE_CRYPTO_OPENSSL_H_
#define GYRE_CRYPTO_OPENSSL_H_

#include <memory>
#include <string>
#include <string_view>

#include "openssl/bio.h"
#include "openssl/bn.h"
#include "openssl/evp.h"
#include "openssl/x509.h"
#include "openssl/x509v3.h"

namespace gyre {

// Owning pointers to OpenSSL's objects.
template <auto kFree>
struct OpenSslFree {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
template <class T, auto kFree>
using OpenSslPointer = std::unique_ptr<T, OpenSslFree<kFree>>;

using BioPointer = OpenSslPointer<BIO, BIO_free_all>;
using BignumPointer = OpenSslPointer<BIGNUM, BN_clear_free>;
using CipherPointer = OpenSslPointer<EVP_CIPHER, EVP_CIPHER_free>;
using MdContextPointer = OpenSslPointer<EVP_MD_CTX, EVP_MD_CTX_free>;
using PKeyPointer = OpenSslPointer<EVP_PKEY, EVP_PKEY_free>;
using PKeyContextPointer = OpenSslPointer<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using X509Pointer = OpenSslPointer<X509, X509_free>;

inline const unsigned char* UnsignedData(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* UnsignedData(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// A BIO that reads these bytes; they must outlive it.
inline BioPointer ReadBio(std::string_view bytes) {
  // No bytes at all are bytes as well.
  const char* data = bytes.empty() ? "" : bytes.data();
  return BioPointer(BIO_new_mem_buf(data, static_cast<int>(bytes.size())));
}
inline BioPointer WriteBio() { return BioPointer(BIO_new(BIO_s_mem())); }

// What was written to a WriteBio().
inline std::string BioText(const BioPointer& bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, size);
}

// A digest by any of its names; dss1 is an old one that OpenSSL has forgotten. Null for none.
inline const EVP_MD* DigestByName(const std::string& name) {
  return EVP_get_digestbyname(name == "dss1" || name == "DSS1" ? "sha1" : name.c_str());
}

// Big-endian, at least `size` bytes.
inline std::string BignumBytes(const BIGNUM* number, size_t size = 0) {
  if (static_cast<size_t>(BN_num_bytes(number)) > size) size = BN_num_bytes(number);
  std::string bytes(size, '\0');
  BN_bn2binpad(number, UnsignedData(bytes), static_cast<int>(size));
  return bytes;
}

}  // namespace gyre

#endif  // GYRE_CRYPTO_OPENSSL_H_
