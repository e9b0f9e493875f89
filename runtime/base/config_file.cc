#include "runtime/base/config_file.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/json.h"
#include "runtime/base/options.h"

namespace gyre {
namespace {

constexpr std::string_view kNodeOptions = "nodeOptions";

// The namespace that an option may stand in besides nodeOptions, if any.
std::string_view NamespaceOf(const OptionSpec& spec) {
  if (spec.name == "--test-udp-no-try-send") return {};
  if (spec.name == "--test" || absl::StartsWith(spec.name, "--test-") ||
      absl::StartsWith(spec.name, "--experimental-test-")) {
    return "test";
  }
  if (absl::StartsWith(spec.name, "--watch")) return "watch";
  if (absl::StartsWith(spec.name, "--allow-")) return "permission";
  return {};
}

// Options that are V8's, which Node does not take from the file.
bool IsV8Option(std::string_view name) {
  if (name == "--abort-on-uncaught-exception" || name == "--expose-gc") return true;
  const auto known = V8NodeOptions();
  return std::find(known.begin(), known.end(), name) != known.end();
}

enum class Wanted { kBoolean, kInteger, kUnsigned, kString, kList };

Wanted WantedBy(const OptionSpec& spec) {
  constexpr std::string_view kSigned[] = {"--heapsnapshot-near-heap-limit", "--secure-heap",
                                          "--secure-heap-min", "--stack-trace-limit",
                                          "--v8-pool-size"};
  if (spec.name == "--inspect-port" || spec.name == "--test-random-seed") return Wanted::kUnsigned;
  switch (spec.kind) {
    case OptionKind::kBoolean:
      return Wanted::kBoolean;
    case OptionKind::kInteger:
      return std::find(std::begin(kSigned), std::end(kSigned), spec.name) != std::end(kSigned)
                 ? Wanted::kInteger
                 : Wanted::kUnsigned;
    case OptionKind::kString:
      return Wanted::kString;
    case OptionKind::kList:
      return Wanted::kList;
  }
}

// The words on a command line that say the same; nothing when the value is of another type.
std::optional<std::vector<std::string>> ToWords(const OptionSpec& spec, const JsonValue& value) {
  const Wanted wanted = WantedBy(spec);
  std::vector<std::string> words;
  auto add = [&](std::string_view text) { words.push_back(absl::StrCat(spec.name, "=", text)); };
  if (const bool* flag = value.As<bool>(); flag != nullptr && wanted == Wanted::kBoolean) {
    words.push_back(*flag ? std::string(spec.name) : absl::StrCat("--no-", spec.name.substr(2)));
    return words;
  }
  if (const JsonNumber* number = value.As<JsonNumber>(); number != nullptr) {
    int64_t as_signed;
    uint64_t as_unsigned;
    const bool fits = wanted == Wanted::kInteger
                          ? absl::SimpleAtoi(number->text, &as_signed)
                          : wanted == Wanted::kUnsigned && number->text[0] != '-' &&
                                absl::SimpleAtoi(number->text, &as_unsigned);
    if (!fits) return std::nullopt;
    add(number->text);
    return words;
  }
  if (const std::string* text = value.As<std::string>();
      text != nullptr && (wanted == Wanted::kString || wanted == Wanted::kList)) {
    add(*text);
    return words;
  }
  const JsonArray* list = value.As<JsonArray>();
  if (list == nullptr || wanted != Wanted::kList) return std::nullopt;
  for (const JsonValue& item : *list) {
    if (item.As<std::string>() == nullptr) return std::nullopt;
    add(*item.As<std::string>());
  }
  return words;
}

class ConfigReader {
 public:
  explicit ConfigReader(std::string_view name) : name_(name) {}

  ConfigFile Read(std::string_view text) {
    const std::optional<JsonValue> json = ParseJson(text);
    if (!json.has_value()) {
      Fail(absl::StrCat("Can't parse ", name_));
    } else if (json->As<JsonObject>() == nullptr) {
      Fail(absl::StrCat("Root value unexpected not an object for ", name_, "\n"));
    } else {
      for (const auto& [name, value] : *json->As<JsonObject>()) {
        if (name != "$schema" && !TakeNamespace(name, value)) break;
      }
    }
    return file_;
  }

 private:
  bool Fail(std::string error) {
    file_ = ConfigFile();
    file_.error = std::move(error);
    return false;
  }

  bool TakeNamespace(std::string_view name, const JsonValue& value) {
    if (name == "testRunner") {
      return Fail("the \"testRunner\" namespace has been removed. Use \"test\" instead.");
    }
    if (name != kNodeOptions && name != "test" && name != "watch" && name != "permission") {
      return Fail(absl::StrCat("Unknown namespace ", name));
    }
    const JsonObject* options = value.As<JsonObject>();
    if (options == nullptr) {
      return Fail(
          absl::StrCat("\"", name, "\" value unexpected for ", name_, " (should be an object)"));
    }
    for (const auto& [key, option_value] : *options) {
      if (!TakeOption(name, key, option_value)) return false;
    }
    return true;
  }

  bool TakeOption(std::string_view name_space, std::string_view key, const JsonValue& value) {
    const std::string name = absl::StrCat("--", key);
    const auto specs = OptionSpecs();
    const auto spec = std::find_if(specs.begin(), specs.end(),
                                   [&](const OptionSpec& each) { return each.name == name; });
    const bool of_environment = name_space == kNodeOptions;
    if (of_environment && IsV8Option(name)) {
      return Fail(absl::StrCat("V8 flag ", name, " is currently not supported"));
    }
    if (spec == specs.end() ||
        !(of_environment ? spec->in_node_options : NamespaceOf(*spec) == name_space)) {
      return Fail(
          absl::StrCat("Unknown or not allowed option ", key, " for namespace ", name_space));
    }
    if (spec->effect == OptionEffect::kNothing) {
      return Fail(absl::StrCat("No-op flag ", name, " is currently not supported"));
    }
    if (!seen_.insert(name).second) {
      return Fail(absl::StrCat("Option ", name, " is already defined"));
    }
    const auto words = ToWords(*spec, value);
    if (!words.has_value()) return Fail(absl::StrCat("Invalid value for ", name));
    std::vector<std::string>& list = of_environment ? file_.node_options : file_.arguments;
    list.insert(list.end(), words->begin(), words->end());
    return true;
  }

  const std::string_view name_;
  std::set<std::string> seen_;
  ConfigFile file_;
};

}  // namespace

ConfigFile ParseConfigFile(std::string_view name, std::string_view text) {
  return ConfigReader(name).Read(text);
}

}  // namespace gyre
