#include "runtime/dns/records.h"

#include <netinet/in.h>
#include <uv.h>

#include <string>
#include <vector>

#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

// Reads one record's fields into an object.
class Reader {
 public:
  Reader(Environment& env, const ares_dns_rr_t* record)
      : env_(env), record_(record), fields_(v8::Object::New(env.isolate())) {}

  v8::Local<v8::Object> fields() const { return fields_; }

  Reader& Set(std::string_view name, v8::Local<v8::Value> value) {
    fields_->CreateDataProperty(env_.context(), ToV8(env_, name).As<v8::Name>(), value).Check();
    return *this;
  }
  Reader& Name(std::string_view name, ares_dns_rr_key_t key) {
    return Set(name, ToV8(env_, ares_dns_rr_get_str(record_, key)));
  }
  Reader& U8(std::string_view name, ares_dns_rr_key_t key) {
    return Number(name, ares_dns_rr_get_u8(record_, key));
  }
  Reader& U16(std::string_view name, ares_dns_rr_key_t key) {
    return Number(name, ares_dns_rr_get_u16(record_, key));
  }
  Reader& U32(std::string_view name, ares_dns_rr_key_t key) {
    return Number(name, ares_dns_rr_get_u32(record_, key));
  }
  Reader& Address(int family, const void* bytes) {
    char text[INET6_ADDRSTRLEN];
    uv_inet_ntop(family, bytes, text, sizeof(text));
    return Set("address", ToV8(env_, text));
  }
  Reader& Entries() {
    std::vector<std::string> entries;
    for (size_t i = 0; i < ares_dns_rr_get_abin_cnt(record_, ARES_RR_TXT_DATA); i++) {
      size_t size;
      const unsigned char* data = ares_dns_rr_get_abin(record_, ARES_RR_TXT_DATA, i, &size);
      entries.emplace_back(reinterpret_cast<const char*>(data), size);
    }
    return Set("entries", ToV8(env_, entries));
  }
  Reader& ArrayBuffer(std::string_view name, ares_dns_rr_key_t key) {
    return Set(name, CopyToArrayBuffer(env_.isolate(), Bytes(key)));
  }
  Reader& Caa() {
    return U8("critical", ARES_RR_CAA_CRITICAL)
        .Set(ares_dns_rr_get_str(record_, ARES_RR_CAA_TAG), ToV8(env_, Bytes(ARES_RR_CAA_VALUE)));
  }

 private:
  Reader& Number(std::string_view name, uint32_t value) {
    return Set(name, v8::Integer::NewFromUnsigned(env_.isolate(), value));
  }
  std::string Bytes(ares_dns_rr_key_t key) {
    size_t size = 0;
    const unsigned char* data = ares_dns_rr_get_bin(record_, key, &size);
    return std::string(reinterpret_cast<const char*>(data), size);
  }

  Environment& env_;
  const ares_dns_rr_t* record_;
  v8::Local<v8::Object> fields_;
};

// Whether dns knows the type.
bool Read(Reader& fields, const ares_dns_rr_t* record) {
  switch (ares_dns_rr_get_type(record)) {
    case ARES_REC_TYPE_A:
      fields.Address(AF_INET, ares_dns_rr_get_addr(record, ARES_RR_A_ADDR));
      return true;
    case ARES_REC_TYPE_AAAA:
      fields.Address(AF_INET6, ares_dns_rr_get_addr6(record, ARES_RR_AAAA_ADDR));
      return true;
    case ARES_REC_TYPE_CNAME:
      fields.Name("value", ARES_RR_CNAME_CNAME);
      return true;
    case ARES_REC_TYPE_NS:
      fields.Name("value", ARES_RR_NS_NSDNAME);
      return true;
    case ARES_REC_TYPE_PTR:
      fields.Name("value", ARES_RR_PTR_DNAME);
      return true;
    case ARES_REC_TYPE_MX:
      fields.Name("exchange", ARES_RR_MX_EXCHANGE).U16("priority", ARES_RR_MX_PREFERENCE);
      return true;
    case ARES_REC_TYPE_TXT:
      fields.Entries();
      return true;
    case ARES_REC_TYPE_SRV:
      fields.Name("name", ARES_RR_SRV_TARGET)
          .U16("port", ARES_RR_SRV_PORT)
          .U16("priority", ARES_RR_SRV_PRIORITY)
          .U16("weight", ARES_RR_SRV_WEIGHT);
      return true;
    case ARES_REC_TYPE_SOA:
      fields.Name("nsname", ARES_RR_SOA_MNAME)
          .Name("hostmaster", ARES_RR_SOA_RNAME)
          .U32("serial", ARES_RR_SOA_SERIAL)
          .U32("refresh", ARES_RR_SOA_REFRESH)
          .U32("retry", ARES_RR_SOA_RETRY)
          .U32("expire", ARES_RR_SOA_EXPIRE)
          .U32("minttl", ARES_RR_SOA_MINIMUM);
      return true;
    case ARES_REC_TYPE_NAPTR:
      fields.Name("flags", ARES_RR_NAPTR_FLAGS)
          .Name("service", ARES_RR_NAPTR_SERVICES)
          .Name("regexp", ARES_RR_NAPTR_REGEXP)
          .Name("replacement", ARES_RR_NAPTR_REPLACEMENT)
          .U16("order", ARES_RR_NAPTR_ORDER)
          .U16("preference", ARES_RR_NAPTR_PREFERENCE);
      return true;
    case ARES_REC_TYPE_TLSA:
      fields.U8("certUsage", ARES_RR_TLSA_CERT_USAGE)
          .U8("selector", ARES_RR_TLSA_SELECTOR)
          .U8("match", ARES_RR_TLSA_MATCH)
          .ArrayBuffer("data", ARES_RR_TLSA_DATA);
      return true;
    case ARES_REC_TYPE_CAA:
      fields.Caa();
      return true;
    default:
      return false;
  }
}

}  // namespace

v8::Local<v8::Value> RecordsToV8(Environment& env, const ares_dns_record_t* message) {
  v8::LocalVector<v8::Value> records(env.isolate());
  for (size_t i = 0; i < ares_dns_record_rr_cnt(message, ARES_SECTION_ANSWER); i++) {
    const ares_dns_rr_t* record = ares_dns_record_rr_get_const(message, ARES_SECTION_ANSWER, i);
    Reader fields(env, record);
    if (!Read(fields, record)) continue;
    v8::Local<v8::Name> names[] = {env.Intern("type"), env.Intern("ttl"), env.Intern("fields")};
    v8::Local<v8::Value> values[] = {
        ToV8(env, ares_dns_rec_type_tostr(ares_dns_rr_get_type(record))),
        v8::Integer::NewFromUnsigned(env.isolate(), ares_dns_rr_get_ttl(record)), fields.fields()};
    records.push_back(v8::Object::New(env.isolate(), v8::Null(env.isolate()), names, values, 3));
  }
  return v8::Array::New(env.isolate(), records.data(), records.size());
}

}  // namespace gyre
