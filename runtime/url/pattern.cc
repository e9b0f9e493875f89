#include "runtime/url/pattern.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ada.h"

namespace gyre {
namespace {

// The regular expressions inside a pattern are V8's, run in the isolate that is entered.
class V8RegexProvider {
 public:
  using regex_type = v8::Global<v8::RegExp>;

  V8RegexProvider() = default;

  static std::optional<regex_type> create_instance(std::string_view pattern, bool ignore_case) {
    v8::Isolate* isolate = v8::Isolate::GetCurrent();
    v8::HandleScope scope(isolate);
    v8::TryCatch ignored(isolate);
    int flags = v8::RegExp::kUnicodeSets;
    if (ignore_case) flags |= v8::RegExp::kIgnoreCase;
    v8::Local<v8::String> source;
    v8::Local<v8::RegExp> regexp;
    if (!ToString(isolate, pattern).ToLocal(&source) ||
        !v8::RegExp::New(isolate->GetCurrentContext(), source,
                         static_cast<v8::RegExp::Flags>(flags))
             .ToLocal(&regexp)) {
      return std::nullopt;
    }
    return regex_type(isolate, regexp);
  }

  static std::optional<std::vector<std::optional<std::string>>> regex_search(
      std::string_view input, const regex_type& pattern) {
    v8::Isolate* isolate = v8::Isolate::GetCurrent();
    v8::HandleScope scope(isolate);
    v8::Local<v8::Array> match;
    if (!Exec(isolate, input, pattern).ToLocal(&match)) return std::nullopt;
    std::vector<std::optional<std::string>> groups;
    for (uint32_t i = 1; i < match->Length(); i++) {
      v8::Local<v8::Value> group;
      if (!match->Get(isolate->GetCurrentContext(), i).ToLocal(&group)) return std::nullopt;
      if (group->IsUndefined()) {
        groups.push_back(std::nullopt);
      } else {
        v8::String::Utf8Value text(isolate, group);
        groups.push_back(std::string(*text, text.length()));
      }
    }
    return groups;
  }

  static bool regex_match(std::string_view input, const regex_type& pattern) {
    v8::Isolate* isolate = v8::Isolate::GetCurrent();
    v8::HandleScope scope(isolate);
    return !Exec(isolate, input, pattern).IsEmpty();
  }

 private:
  static v8::MaybeLocal<v8::String> ToString(v8::Isolate* isolate, std::string_view text) {
    return v8::String::NewFromUtf8(isolate, text.data(), v8::NewStringType::kNormal,
                                   static_cast<int>(text.size()));
  }

  // The match as an array; empty when there is none.
  static v8::MaybeLocal<v8::Array> Exec(v8::Isolate* isolate, std::string_view input,
                                        const regex_type& pattern) {
    v8::TryCatch ignored(isolate);
    v8::Local<v8::String> subject;
    v8::Local<v8::Object> result;
    if (!ToString(isolate, input).ToLocal(&subject) ||
        !pattern.Get(isolate)->Exec(isolate->GetCurrentContext(), subject).ToLocal(&result) ||
        !result->IsArray()) {
      return {};
    }
    return result.As<v8::Array>();
  }
};

using Pattern = ada::url_pattern<V8RegexProvider>;

// What JavaScript passes to a pattern: a string, or the nine members of a URLPatternInit in this
// order, undefined where absent.
class PatternInput {
 public:
  PatternInput(Environment& env, v8::Local<v8::Value> value) {
    if (value->IsString()) {
      text_ = FromV8<std::string>(env, value);
      return;
    }
    auto members = FromV8<std::vector<std::optional<std::string>>>(env, value);
    CHECK_EQ(members.size(), 9u);
    init_.emplace();
    init_->protocol = std::move(members[0]);
    init_->username = std::move(members[1]);
    init_->password = std::move(members[2]);
    init_->hostname = std::move(members[3]);
    init_->port = std::move(members[4]);
    init_->pathname = std::move(members[5]);
    init_->search = std::move(members[6]);
    init_->hash = std::move(members[7]);
    init_->base_url = std::move(members[8]);
  }
  PatternInput(const PatternInput&) = delete;
  PatternInput& operator=(const PatternInput&) = delete;

  // Refers to this object.
  ada::url_pattern_input value() const {
    if (init_) return *init_;
    return std::string_view(text_);
  }

 private:
  std::string text_;
  std::optional<ada::url_pattern_init> init_;
};

class UrlPattern final : public Collected {
 public:
  UrlPattern(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> input,
             std::optional<std::string> base, bool ignore_case)
      : Collected(env, self) {
    const PatternInput source(env, input);
    const std::string_view base_view = base ? *base : std::string_view();
    const ada::url_pattern_options options{.ignore_case = ignore_case};
    auto pattern = ada::parse_url_pattern<V8RegexProvider>(source.value(),
                                                           base ? &base_view : nullptr, &options);
    if (pattern) pattern_ = std::make_unique<Pattern>(std::move(*pattern));
  }

  // A pattern that does not parse leaves an object that JavaScript throws away.
  bool valid() { return pattern_ != nullptr; }
  bool has_regexp_groups() { return pattern_->has_regexp_groups(); }

  // The text of each component, in the order of URLPatternInit.
  std::vector<std::string> components() {
    return {std::string(pattern_->get_protocol()), std::string(pattern_->get_username()),
            std::string(pattern_->get_password()), std::string(pattern_->get_hostname()),
            std::string(pattern_->get_port()),     std::string(pattern_->get_pathname()),
            std::string(pattern_->get_search()),   std::string(pattern_->get_hash())};
  }

  // True, false, or undefined when the input cannot be matched at all.
  std::optional<bool> Test(v8::Local<v8::Value> value, std::optional<std::string> base) {
    const std::string_view base_view = base ? *base : std::string_view();
    const PatternInput input(env(), value);
    auto result = pattern_->test(input.value(), base ? &base_view : nullptr);
    if (!result) return std::nullopt;
    return *result;
  }

  // Per component [input, name, value, name, value, ...]; null for no match, undefined as in Test.
  v8::Local<v8::Value> Exec(v8::Local<v8::Value> value, std::optional<std::string> base) {
    const std::string_view base_view = base ? *base : std::string_view();
    const PatternInput input(env(), value);
    auto result = pattern_->exec(input.value(), base ? &base_view : nullptr);
    if (!result) return v8::Undefined(isolate());
    if (!result->has_value()) return v8::Null(isolate());
    const ada::url_pattern_result& match = **result;
    std::vector<v8::Local<v8::Value>> parts;
    for (const ada::url_pattern_component_result* component :
         {&match.protocol, &match.username, &match.password, &match.hostname, &match.port,
          &match.pathname, &match.search, &match.hash}) {
      std::vector<v8::Local<v8::Value>> part = {ToV8(env(), component->input)};
      for (const auto& [name, group] : component->groups) {
        part.push_back(ToV8(env(), name));
        part.push_back(ToV8(env(), group));
      }
      parts.push_back(v8::Array::New(isolate(), part.data(), part.size()));
    }
    return v8::Array::New(isolate(), parts.data(), parts.size());
  }

 private:
  std::unique_ptr<Pattern> pattern_;
};

}  // namespace

void DeclareUrlPattern(BindingBuilder& b) {
  b.Class<UrlPattern>("UrlPattern")
      .Constructor<v8::Local<v8::Value>, std::optional<std::string>, bool>()
      .Getter<&UrlPattern::valid>("valid")
      .Getter<&UrlPattern::has_regexp_groups>("hasRegExpGroups")
      .Method<&UrlPattern::components>("components")
      .Method<&UrlPattern::Test>("test")
      .Method<&UrlPattern::Exec>("exec");
}

}  // namespace gyre
