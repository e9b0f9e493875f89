#include "runtime/url/binding.h"

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "ada.h"
#include "runtime/url/pattern.h"
#include "simdutf.h"

namespace gyre {
namespace {

using Url = ada::url_aggregator;

// The UTF-8 of a string, without a copy on the heap for the usual short ASCII one.
class Utf8Text {
 public:
  Utf8Text(Environment& env, v8::Local<v8::String> string) {
    v8::String::ValueView view(env.isolate(), string);
    if (view.is_one_byte()) {
      const char* text = reinterpret_cast<const char*>(view.data8());
      if (view.length() <= sizeof(buffer_) && simdutf::validate_ascii(text, view.length())) {
        std::memcpy(buffer_, text, view.length());
        view_ = {buffer_, view.length()};
        return;
      }
      long_.resize(simdutf::utf8_length_from_latin1(text, view.length()));
      (void)simdutf::convert_latin1_to_utf8(text, view.length(), long_.data());
    } else {
      const auto* text = reinterpret_cast<const char16_t*>(view.data16());
      std::u16string well_formed(view.length(), u'\0');
      simdutf::to_well_formed_utf16(text, view.length(), well_formed.data());
      long_.resize(simdutf::utf8_length_from_utf16(well_formed.data(), well_formed.size()));
      (void)simdutf::convert_valid_utf16_to_utf8(well_formed.data(), well_formed.size(),
                                                 long_.data());
    }
    view_ = long_;
  }
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;

  std::string_view view() const { return view_; }

 private:
  char buffer_[512];
  std::string long_;
  std::string_view view_;
};

v8::Local<v8::String> AsciiString(Environment& env, std::string_view text) {
  return v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<const uint8_t*>(text.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(text.size()))
      .ToLocalChecked();
}

// Leaves the offsets of the parts in `components`, the array that internal/url made, and returns
// the href.
v8::Local<v8::Value> Publish(Environment& env, const Url& url, std::string_view input,
                             v8::Local<v8::String> string, Bytes components) {
  const ada::url_components& parts = url.get_components();
  const std::array<uint32_t, 9> offsets = {
      parts.protocol_end, parts.username_end, parts.host_start,
      parts.host_end,     parts.port,         parts.pathname_start,
      parts.search_start, parts.hash_start,   static_cast<uint32_t>(url.type)};
  CHECK_EQ(components.size(), sizeof(offsets));
  std::memcpy(components.data(), offsets.data(), sizeof(offsets));
  const std::string_view href = url.get_href();
  // Most URLs are written as they are normalised: no second string then.
  if (href == input) return string;
  if (href.size() > v8::String::kMaxLength) return v8::Undefined(env.isolate());
  return AsciiString(env, href);
}

v8::Local<v8::Value> Parse(Environment& env, v8::Local<v8::String> input, v8::Local<v8::Value> base,
                           Bytes components) {
  Utf8Text text(env, input);
  ada::result<Url> base_url;
  if (!base->IsUndefined()) {
    Utf8Text base_text(env, base.As<v8::String>());
    base_url = ada::parse<Url>(base_text.view());
    if (!base_url) return v8::Undefined(env.isolate());
  }
  ada::result<Url> url =
      ada::parse<Url>(text.view(), base->IsUndefined() ? nullptr : &base_url.value());
  if (!url) return v8::Undefined(env.isolate());
  return Publish(env, *url, text.view(), input, components);
}

bool CanParse(Environment& env, v8::Local<v8::String> input, v8::Local<v8::Value> base) {
  Utf8Text text(env, input);
  if (base->IsUndefined()) return ada::can_parse(text.view());
  Utf8Text base_text(env, base.As<v8::String>());
  const std::string_view base_view = base_text.view();
  return ada::can_parse(text.view(), &base_view);
}

// The order of internal/url's kSet constants.
enum class Action {
  kProtocol,
  kUsername,
  kPassword,
  kHost,
  kHostname,
  kPort,
  kPathname,
  kSearch,
  kHash
};

void Apply(Url& url, Action action, std::string_view value) {
  switch (action) {
    case Action::kProtocol:
      url.set_protocol(value);
      break;
    case Action::kUsername:
      url.set_username(value);
      break;
    case Action::kPassword:
      url.set_password(value);
      break;
    case Action::kHost:
      url.set_host(value);
      break;
    case Action::kHostname:
      url.set_hostname(value);
      break;
    case Action::kPort:
      url.set_port(value);
      break;
    case Action::kPathname:
      url.set_pathname(value);
      break;
    case Action::kSearch:
      url.set_search(value);
      break;
    case Action::kHash:
      url.set_hash(value);
      break;
  }
}

// The href after a setter; an invalid value changes nothing, as the standard has it.
v8::Local<v8::Value> Update(Environment& env, v8::Local<v8::String> href, int32_t action,
                            v8::Local<v8::String> value, Bytes components) {
  Utf8Text text(env, href);
  ada::result<Url> url = ada::parse<Url>(text.view());
  if (!url) return v8::Undefined(env.isolate());
  Utf8Text value_text(env, value);
  Apply(*url, static_cast<Action>(action), value_text.view());
  return Publish(env, *url, text.view(), href, components);
}

// The host of a URL with this domain: empty when it is not a valid one.
std::string DomainToAscii(Environment& env, v8::Local<v8::String> domain) {
  Utf8Text text(env, domain);
  if (text.view().empty()) return "";
  ada::result<Url> url = ada::parse<Url>("ws://x");
  url->set_hostname(text.view());
  const std::string_view host = url->get_hostname();
  // The setter ignores what is invalid.
  return host == "x" && text.view() != "x" && text.view() != "X" ? "" : std::string(host);
}

std::string DomainToUnicode(Environment& env, v8::Local<v8::String> domain) {
  return ada::idna::to_unicode(DomainToAscii(env, domain));
}

// url.format(URL, options)
std::string Format(Environment& env, v8::Local<v8::String> href, bool fragment, bool unicode,
                   bool search, bool auth) {
  Utf8Text text(env, href);
  ada::result<ada::url> url = ada::parse<ada::url>(text.view());
  // The href of a URL object parses again, but one that users made up may not.
  if (!url) return std::string(text.view());
  if (!fragment) url->hash = std::nullopt;
  if (unicode && url->has_hostname()) url->host = ada::idna::to_unicode(url->get_hostname());
  if (!search) url->query = std::nullopt;
  if (!auth) {
    url->username.clear();
    url->password.clear();
  }
  return url->get_href();
}

}  // namespace

void InitUrl(BindingBuilder& b) {
  b.Function<Parse>("parse");
  b.Function<CanParse>("canParse");
  b.Function<Update>("update");
  b.Function<DomainToAscii>("domainToASCII");
  b.Function<DomainToUnicode>("domainToUnicode");
  b.Function<Format>("format");
  DeclareUrlPattern(b);
}

}  // namespace gyre
