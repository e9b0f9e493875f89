#include "runtime/tls/root_certificates.h"

#include <string_view>

#include "openssl/err.h"
#include "openssl/pem.h"
#include "runtime/crypto/openssl.h"
#include "runtime/tls/mozilla_roots.h"

namespace gyre {
namespace {

constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

std::vector<X509Pointer> Parse() {
  std::vector<X509Pointer> roots;
  const BioPointer bio = ReadBio(kMozillaRoots);
  for (;;) {
    X509Pointer root(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (root == nullptr) break;
    roots.push_back(std::move(root));
  }
  ERR_clear_error();
  return roots;
}

}  // namespace

std::vector<std::string> RootCertificates() {
  std::vector<std::string> certificates;
  std::string_view rest(kMozillaRoots);
  for (size_t end = rest.find(kEnd); end != rest.npos; end = rest.find(kEnd)) {
    const size_t start = rest.find("-----BEGIN");
    certificates.emplace_back(rest.substr(start, end + kEnd.size() - start));
    rest.remove_prefix(end + kEnd.size());
  }
  return certificates;
}

X509_STORE* RootStore() {
  static X509_STORE* const store = NewRootStore();
  return store;
}

X509_STORE* NewRootStore() {
  static const auto& roots = *new std::vector<X509Pointer>(Parse());
  X509_STORE* store = X509_STORE_new();
  for (const X509Pointer& root : roots) X509_STORE_add_cert(store, root.get());
  return store;
}

}  // namespace gyre
