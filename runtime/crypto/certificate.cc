#include "runtime/crypto/certificate.h"

#include <ctime>
#include <utility>

#include "openssl/err.h"
#include "openssl/objects.h"
#include "openssl/pem.h"
#include "openssl/x509v3.h"
#include "runtime/crypto/general_name.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

std::string NameText(const X509_NAME* name) {
  const BioPointer bio = WriteBio();
  X509_NAME_print_ex(bio.get(), name, 0,
                     ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT |
                         XN_FLAG_SEP_MULTILINE | XN_FLAG_FN_SN);
  return BioText(bio);
}

std::string TimeText(const ASN1_TIME* time) {
  const BioPointer bio = WriteBio();
  ASN1_TIME_print(bio.get(), time);
  return BioText(bio);
}

double TimeSeconds(const ASN1_TIME* time) {
  std::tm parts = {};
  ASN1_TIME_to_tm(time, &parts);
  return static_cast<double>(timegm(&parts));
}

std::string ObjectText(const ASN1_OBJECT* object, bool numbers) {
  char text[128];
  OBJ_obj2txt(text, sizeof(text), object, numbers);
  return text;
}

const ASN1_OBJECT* SignatureObject(const X509* certificate) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, X509_get0_tbs_sigalg(certificate));
  return object;
}

X509Pointer ParseCertificate(std::string_view data) {
  const BioPointer bio = ReadBio(data);
  // A certificate is never encrypted: no passphrase is asked for.
  X509Pointer certificate(
      PEM_read_bio_X509_AUX(bio.get(), nullptr, [](char*, int, int, void*) { return 0; }, nullptr));
  if (certificate != nullptr) return certificate;
  const unsigned long not_pem = ERR_get_error();  // NOLINT(runtime/int)
  const unsigned char* der = UnsignedData(data);
  certificate.reset(d2i_X509(nullptr, &der, static_cast<long>(data.size())));  // NOLINT
  ERR_clear_error();
  // What is neither form is refused for the first reason why it is no PEM.
  if (certificate == nullptr) ERR_raise(ERR_GET_LIB(not_pem), ERR_GET_REASON(not_pem));
  return certificate;
}

using Spki = OpenSslPointer<NETSCAPE_SPKI, NETSCAPE_SPKI_free>;

Spki ParseSpkac(const Bytes& data) {
  std::string_view text = data.view();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  // Without a length OpenSSL would look for the end of a C string.
  if (text.empty()) return nullptr;
  Spki spki(NETSCAPE_SPKI_b64_decode(text.data(), static_cast<int>(text.size())));
  ERR_clear_error();
  return spki;
}

bool VerifySpkac(Bytes data) {
  const Spki spki = ParseSpkac(data);
  const PKeyPointer key(spki == nullptr ? nullptr : X509_PUBKEY_get(spki->spkac->pubkey));
  const bool ok = key != nullptr && NETSCAPE_SPKI_verify(spki.get(), key.get()) > 0;
  ERR_clear_error();
  return ok;
}

std::string SpkacPublicKey(Bytes data) {
  const Spki spki = ParseSpkac(data);
  const PKeyPointer key(spki == nullptr ? nullptr : NETSCAPE_SPKI_get_pubkey(spki.get()));
  const BioPointer bio = WriteBio();
  if (key == nullptr || PEM_write_bio_PUBKEY(bio.get(), key.get()) <= 0) {
    ERR_clear_error();
    return "";
  }
  return BioText(bio);
}

std::string SpkacChallenge(Bytes data) {
  const Spki spki = ParseSpkac(data);
  if (spki == nullptr) return "";
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, spki->spkac->challenge);
  if (size < 0) return "";
  std::string challenge(reinterpret_cast<char*>(text), size);
  OPENSSL_free(text);
  return challenge;
}

}  // namespace

CertificateHandle::CertificateHandle(Environment& env, v8::Local<v8::Object> self,
                                     std::optional<Bytes> data)
    : Collected(env, self) {
  if (!data) return;
  ERR_clear_error();
  certificate_ = ParseCertificate(data->view());
  errors_ = TakeOpenSslErrors();
}

v8::Local<v8::Object> CertificateHandle::New(Environment& env, X509Pointer certificate) {
  v8::Local<v8::Object> object = NewWrapped(env, "CertificateHandle").ToLocalChecked();
  Unwrap<CertificateHandle>(object)->certificate_ = std::move(certificate);
  return object;
}

v8::Local<v8::Value> CertificateHandle::error() {
  if (certificate_ != nullptr) return v8::Undefined(isolate());
  return OpenSslError(env(), errors_, "Failed to parse the certificate");
}

std::string CertificateHandle::Subject() { return NameText(X509_get_subject_name(x509())); }

std::string CertificateHandle::Issuer() { return NameText(X509_get_issuer_name(x509())); }

std::vector<std::string> CertificateHandle::NameParts(bool issuer) {
  const X509_NAME* name = issuer ? X509_get_issuer_name(x509()) : X509_get_subject_name(x509());
  std::vector<std::string> parts;
  for (int i = 0; i < X509_NAME_entry_count(name); i++) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    const ASN1_OBJECT* object = X509_NAME_ENTRY_get_object(entry);
    const int nid = OBJ_obj2nid(object);
    parts.push_back(nid == NID_undef ? ObjectText(object, true) : OBJ_nid2sn(nid));
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
    parts.emplace_back(reinterpret_cast<char*>(text), size < 0 ? 0 : size);
    OPENSSL_free(text);
  }
  return parts;
}

std::optional<std::string> CertificateHandle::SubjectAltName() {
  return SubjectAltNameText(x509());
}

std::optional<std::string> CertificateHandle::InfoAccess() { return InfoAccessText(x509()); }

std::string CertificateHandle::ValidFrom() { return TimeText(X509_get0_notBefore(x509())); }

std::string CertificateHandle::ValidTo() { return TimeText(X509_get0_notAfter(x509())); }

double CertificateHandle::ValidFromSeconds() { return TimeSeconds(X509_get0_notBefore(x509())); }

double CertificateHandle::ValidToSeconds() { return TimeSeconds(X509_get0_notAfter(x509())); }

std::string CertificateHandle::Fingerprint(std::string digest) {
  unsigned char md[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  X509_digest(x509(), DigestByName(digest), md, &size);
  std::string text;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (unsigned i = 0; i < size; i++) {
    if (i != 0) text += ':';
    text += kHex[md[i] >> 4];
    text += kHex[md[i] & 15];
  }
  return text;
}

v8::Local<v8::Value> CertificateHandle::ExtendedKeyUsage() {
  const OpenSslPointer<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> usages(
      static_cast<EXTENDED_KEY_USAGE*>(
          X509_get_ext_d2i(x509(), NID_ext_key_usage, nullptr, nullptr)));
  if (usages == nullptr) return v8::Undefined(isolate());
  std::vector<std::string> oids;
  for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); i++)
    oids.push_back(ObjectText(sk_ASN1_OBJECT_value(usages.get(), i), true));
  return ToV8(env(), oids);
}

std::string CertificateHandle::SerialNumber() {
  const BignumPointer number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509()), nullptr));
  char* hex = BN_bn2hex(number.get());
  std::string text = hex;
  OPENSSL_free(hex);
  return text;
}

std::string CertificateHandle::SignatureAlgorithm() {
  return ObjectText(SignatureObject(x509()), false);
}

std::string CertificateHandle::SignatureAlgorithmOid() {
  return ObjectText(SignatureObject(x509()), true);
}

v8::Local<v8::Value> CertificateHandle::Raw() {
  unsigned char* der = nullptr;
  const int size = i2d_X509(x509(), &der);
  v8::Local<v8::Value> buffer =
      CopyToArrayBuffer(isolate(), {reinterpret_cast<char*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return buffer;
}

v8::MaybeLocal<v8::Value> CertificateHandle::PublicKey() {
  ERR_clear_error();
  PKeyPointer key(X509_get_pubkey(x509()));
  if (key != nullptr)
    return KeyHandle::New(env(), std::make_shared<KeyData>(KeyData::kPublic, std::move(key)));
  ThrowOpenSslError(env(), "Failed to get public key");
  return {};
}

std::string CertificateHandle::Pem() {
  const BioPointer bio = WriteBio();
  PEM_write_bio_X509(bio.get(), x509());
  return BioText(bio);
}

bool CertificateHandle::IsSelfIssued() { return X509_check_issued(x509(), x509()) == X509_V_OK; }

v8::Local<v8::Value> CertificateHandle::CheckHost(std::string name, uint32_t flags) {
  char* peer_name = nullptr;
  const int result = X509_check_host(x509(), name.data(), name.size(), flags, &peer_name);
  if (result == -2) return v8::Null(isolate());
  if (result != 1) return v8::Undefined(isolate());
  v8::Local<v8::Value> matched = ToV8(env(), peer_name == nullptr ? name.c_str() : peer_name);
  OPENSSL_free(peer_name);
  return matched;
}

v8::Local<v8::Value> CertificateHandle::CheckEmail(std::string name, uint32_t flags) {
  const int result = X509_check_email(x509(), name.data(), name.size(), flags);
  if (result == -2) return v8::Null(isolate());
  return result == 1 ? ToV8(env(), name) : v8::Undefined(isolate()).As<v8::Value>();
}

v8::Local<v8::Value> CertificateHandle::CheckIp(std::string address) {
  const int result = X509_check_ip_asc(x509(), address.c_str(), 0);
  if (result == -2) return v8::Null(isolate());
  return result == 1 ? ToV8(env(), address) : v8::Undefined(isolate()).As<v8::Value>();
}

bool CertificateHandle::CheckIssued(CertificateHandle* issuer) {
  const bool ok = X509_check_issued(issuer->x509(), x509()) == X509_V_OK;
  ERR_clear_error();
  return ok;
}

bool CertificateHandle::CheckPrivateKey(KeyHandle* key) {
  const bool ok = X509_check_private_key(x509(), key->pkey()) == 1;
  ERR_clear_error();
  return ok;
}

bool CertificateHandle::Verify(KeyHandle* key) {
  const bool ok = X509_verify(x509(), key->pkey()) > 0;
  ERR_clear_error();
  return ok;
}

void DeclareCertificates(BindingBuilder& b) {
  b.Function<VerifySpkac>("verifySpkac");
  b.Function<SpkacPublicKey>("spkacPublicKey");
  b.Function<SpkacChallenge>("spkacChallenge");
  b.Class<CertificateHandle>("CertificateHandle")
      .Constructor<std::optional<Bytes>>()
      .Getter<&CertificateHandle::error>("error")
      .Getter<&CertificateHandle::Subject>("subject")
      .Getter<&CertificateHandle::Issuer>("issuer")
      .Method<&CertificateHandle::NameParts>("nameParts")
      .Getter<&CertificateHandle::SubjectAltName>("subjectAltName")
      .Getter<&CertificateHandle::InfoAccess>("infoAccess")
      .Getter<&CertificateHandle::ValidFrom>("validFrom")
      .Getter<&CertificateHandle::ValidTo>("validTo")
      .Getter<&CertificateHandle::ValidFromSeconds>("validFromSeconds")
      .Getter<&CertificateHandle::ValidToSeconds>("validToSeconds")
      .Method<&CertificateHandle::Fingerprint>("fingerprint")
      .Getter<&CertificateHandle::ExtendedKeyUsage>("extendedKeyUsage")
      .Getter<&CertificateHandle::SerialNumber>("serialNumber")
      .Getter<&CertificateHandle::SignatureAlgorithm>("signatureAlgorithm")
      .Getter<&CertificateHandle::SignatureAlgorithmOid>("signatureAlgorithmOid")
      .Method<&CertificateHandle::Raw>("raw")
      .Method<&CertificateHandle::PublicKey>("publicKey")
      .Method<&CertificateHandle::Pem>("pem")
      .Getter<&CertificateHandle::IsCa>("ca")
      .Getter<&CertificateHandle::IsSelfIssued>("selfIssued")
      .Method<&CertificateHandle::CheckHost>("checkHost")
      .Method<&CertificateHandle::CheckEmail>("checkEmail")
      .Method<&CertificateHandle::CheckIp>("checkIp")
      .Method<&CertificateHandle::CheckIssued>("checkIssued")
      .Method<&CertificateHandle::CheckPrivateKey>("checkPrivateKey")
      .Method<&CertificateHandle::Verify>("verify");
}

}  // namespace gyre
