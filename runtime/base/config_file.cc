#include "runtime/base/config_file.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "runtime/base/options.h"
#include "simdjson.h"

namespace gyre {
namespace {

namespace json = simdjson::ondemand;

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
std::optional<std::vector<std::string>> ToWords(const OptionSpec& spec, json::value value) {
  std::vector<std::string> words;
  auto take = [&]<class T>(T as, auto from) {
    if (from.get(as) != simdjson::SUCCESS) return false;
    words.push_back(absl::StrCat(spec.name, "=", as));
    return true;
  };
  auto take_flag = [&] {
    bool flag;
    if (value.get(flag) != simdjson::SUCCESS) return false;
    words.push_back(flag ? std::string(spec.name) : absl::StrCat("--no-", spec.name.substr(2)));
    return true;
  };
  auto take_list = [&] {
    json::array list;
    if (value.get(list) != simdjson::SUCCESS) return take(std::string_view(), value);
    for (auto item : list) {
      if (!take(std::string_view(), item)) return false;
    }
    return true;
  };
  auto take_wanted = [&](Wanted wanted) {
    switch (wanted) {
      case Wanted::kBoolean:
        return take_flag();
      case Wanted::kInteger:
        return take(int64_t{}, value);
      case Wanted::kUnsigned:
        return take(uint64_t{}, value);
      case Wanted::kString:
        return take(std::string_view(), value);
      case Wanted::kList:
        return take_list();
    }
  };
  if (!take_wanted(WantedBy(spec))) return std::nullopt;
  return words;
}

class ConfigReader {
 public:
  explicit ConfigReader(std::string_view name) : name_(name) {}

  ConfigFile Read(std::string_view text) {
    // Some editors begin a file with a byte order mark.
    absl::ConsumePrefix(&text, "\xef\xbb\xbf");
    const simdjson::padded_string padded(text);
    json::parser parser;
    json::document document;
    json::json_type type;
    json::object root;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.type().get(type) != simdjson::SUCCESS) {
      FailToParse();
    } else if (type != json::json_type::object) {
      Fail(absl::StrCat("Root value unexpected not an object for ", name_, "\n"));
    } else if (document.get(root) != simdjson::SUCCESS) {
      FailToParse();
    } else if (TakeFields(root,
                          [&](auto name, auto value) { return TakeNamespace(name, value); }) &&
               document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
      FailToParse();
    }
    return file_;
  }

 private:
  bool Fail(std::string error) {
    file_ = ConfigFile();
    file_.error = std::move(error);
    return false;
  }

  bool FailToParse() { return Fail(absl::StrCat("Can't parse ", name_)); }

  // Calls `take` with the name and the value of each field, until it fails.
  bool TakeFields(json::object object,
                  absl::FunctionRef<bool(std::string_view, json::value)> take) {
    for (auto field : object) {
      std::string_view name;
      json::value value;
      if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
          field.value().get(value) != simdjson::SUCCESS) {
        return FailToParse();
      }
      if (!take(name, value)) return false;
    }
    return true;
  }

  bool TakeNamespace(std::string_view name, json::value value) {
    if (name == "$schema") return true;
    if (name == "testRunner") {
      return Fail("the \"testRunner\" namespace has been removed. Use \"test\" instead.");
    }
    if (name != kNodeOptions && name != "test" && name != "watch" && name != "permission") {
      return Fail(absl::StrCat("Unknown namespace ", name));
    }
    json::object options;
    if (value.get(options) != simdjson::SUCCESS) {
      return Fail(
          absl::StrCat("\"", name, "\" value unexpected for ", name_, " (should be an object)"));
    }
    return TakeFields(options,
                      [&](auto key, auto option) { return TakeOption(name, key, option); });
  }

  bool TakeOption(std::string_view name_space, std::string_view key, json::value value) {
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
