#include "runtime/crypto/general_name.h"

#include <cstdio>
#include <string_view>

#include "openssl/objects.h"
#include "openssl/x509v3.h"
#include "runtime/crypto/openssl.h"

namespace gyre {
namespace {

std::string_view Text(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<size_t>(ASN1_STRING_length(string))};
}

bool IsSafe(unsigned char c, bool utf8) {
  if (c >= 0x80) return utf8;
  return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != ',';
}

// The text as it is, or in quotes when something in it has to be escaped.
std::string Quote(std::string_view text, bool utf8, std::string_view prefix = {}) {
  bool safe = true;
  for (char c : text) safe = safe && IsSafe(static_cast<unsigned char>(c), utf8);
  std::string out(prefix);
  if (safe) return out.append(text);
  out.insert(0, 1, '"');
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (IsSafe(byte, utf8)) {
      out += c;
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
      out += escaped;
    }
  }
  return out + '"';
}

std::string IpAddress(std::string_view bytes) {
  char text[64];
  auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() == 4) {
    std::snprintf(text, sizeof(text), "%d.%d.%d.%d", at(0), at(1), at(2), at(3));
    return text;
  }
  if (bytes.size() != 16) {
    std::snprintf(text, sizeof(text), "<invalid length=%d>", static_cast<int>(bytes.size()));
    return text;
  }
  std::string out;
  for (size_t i = 0; i < 16; i += 2) {
    std::snprintf(text, sizeof(text), i == 0 ? "%X" : ":%X", at(i) << 8 | at(i + 1));
    out += text;
  }
  return out;
}

std::string OtherName(const OTHERNAME* name) {
  struct Known {
    int nid;
    const char* prefix;
    int type;
  };
  constexpr Known kKnown[] = {{NID_id_on_SmtpUTF8Mailbox, "SmtpUTF8Mailbox:", V_ASN1_UTF8STRING},
                              {NID_XmppAddr, "XmppAddr:", V_ASN1_UTF8STRING},
                              {NID_SRVName, "SRVName:", V_ASN1_IA5STRING},
                              {NID_ms_upn, "UPN:", V_ASN1_UTF8STRING},
                              {NID_NAIRealm, "NAIRealm:", V_ASN1_UTF8STRING}};
  const int nid = OBJ_obj2nid(name->type_id);
  for (const Known& known : kKnown) {
    if (nid != known.nid || name->value->type != known.type) continue;
    const bool utf8 = known.type == V_ASN1_UTF8STRING;
    return Quote(Text(name->value->value.asn1_string), utf8, known.prefix);
  }
  return "<unsupported>";
}

std::string DirectoryName(const X509_NAME* name) {
  const BioPointer bio = WriteBio();
  constexpr auto kFlags = ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB & ~ASN1_STRFLGS_ESC_CTRL;
  X509_NAME_print_ex(bio.get(), name, 0,
                     kFlags | XN_FLAG_SEP_COMMA_PLUS | XN_FLAG_DN_REV | XN_FLAG_FN_SN |
                         XN_FLAG_DUMP_UNKNOWN_FIELDS);
  return Quote(BioText(bio), true);
}

std::string ObjectNumbers(const ASN1_OBJECT* object) {
  char text[256];
  OBJ_obj2txt(text, sizeof(text), object, 1);
  return text;
}

std::string GeneralName(const GENERAL_NAME* name) {
  switch (name->type) {
    case GEN_EMAIL:
      return "email:" + Quote(Text(name->d.rfc822Name), false);
    case GEN_DNS:
      return "DNS:" + Quote(Text(name->d.dNSName), false);
    case GEN_URI:
      return "URI:" + Quote(Text(name->d.uniformResourceIdentifier), false);
    case GEN_DIRNAME:
      return "DirName:" + DirectoryName(name->d.directoryName);
    case GEN_IPADD:
      return "IP Address:" + IpAddress(Text(name->d.iPAddress));
    case GEN_RID:
      return "Registered ID:" + ObjectNumbers(name->d.registeredID);
    case GEN_OTHERNAME:
      return "othername:" + OtherName(name->d.otherName);
    case GEN_X400:
      return "X400Name:<unsupported>";
    default:
      return "EdiPartyName:<unsupported>";
  }
}

// "CA Issuers", or the numbers of an object that has no name.
std::string ObjectName(const ASN1_OBJECT* object) {
  char text[256];
  OBJ_obj2txt(text, sizeof(text), object, 0);
  return text;
}

}  // namespace

std::optional<std::string> SubjectAltNameText(const X509* certificate) {
  const OpenSslPointer<GENERAL_NAMES, GENERAL_NAMES_free> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return std::nullopt;
  std::string text;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); i++) {
    if (i != 0) text += ", ";
    text += GeneralName(sk_GENERAL_NAME_value(names.get(), i));
  }
  return text;
}

std::optional<std::string> InfoAccessText(const X509* certificate) {
  const OpenSslPointer<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free> descriptions(
      static_cast<AUTHORITY_INFO_ACCESS*>(
          X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr)));
  if (descriptions == nullptr) return std::nullopt;
  std::string text;
  for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(descriptions.get()); i++) {
    const ACCESS_DESCRIPTION* description = sk_ACCESS_DESCRIPTION_value(descriptions.get(), i);
    if (i != 0) text += '\n';
    text += ObjectName(description->method) + " - " + GeneralName(description->location);
  }
  return text;
}

}  // namespace gyre
