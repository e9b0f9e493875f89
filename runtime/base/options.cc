#include "runtime/base/options.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace gyre {
namespace {

// V8's options that NODE_OPTIONS may carry, by Node's documentation.
constexpr std::string_view kV8InNodeOptions[] = {
    "--disallow-code-generation-from-strings",
    "--enable-etw-stack-walking",
    "--interpreted-frames-native-stack",
    "--jitless",
    "--max-heap-size",
    "--max-old-space-size",
    "--max-semi-space-size",
    "--perf-basic-prof",
    "--perf-basic-prof-only-functions",
    "--perf-prof",
    "--perf-prof-unwinding-info",
};

constexpr std::string_view kConfigFile = "--experimental-config-file";

const OptionSpec* Find(std::string_view name) {
  for (const OptionSpec& spec : OptionSpecs()) {
    if (spec.name == name || (!spec.alias.empty() && spec.alias == name)) return &spec;
  }
  return nullptr;
}

OptionValue Default(const OptionSpec& spec) {
  switch (spec.kind) {
    case OptionKind::kBoolean:
      return spec.default_value == "true";
    case OptionKind::kInteger: {
      int64_t value = 0;
      CHECK(spec.default_value.empty() || absl::SimpleAtoi(spec.default_value, &value));
      return value;
    }
    case OptionKind::kString:
      return std::string(spec.default_value);
    case OptionKind::kList:
      return std::vector<std::string>();
  }
}

// Options that take one of a few words, and what is said of any other.
struct Choice {
  std::string_view option;
  std::vector<std::string_view> values;
  std::string_view error;
};
const std::vector<Choice>& Choices() {
  static const auto& choices = *new std::vector<Choice>{
      {"--unhandled-rejections",
       {"strict", "warn", "none", "throw", "warn-with-error-code"},
       "invalid value for --unhandled-rejections"},
      {"--disable-proto", {"delete", "throw"}, "invalid mode passed to --disable-proto"},
      {"--input-type",
       {"commonjs", "module", "commonjs-typescript", "module-typescript"},
       "--input-type must be \"module\",\"commonjs\", \"module-typescript\" or "
       "\"commonjs-typescript\""},
      {"--dns-result-order",
       {"verbatim", "ipv4first", "ipv6first"},
       "invalid value for --dns-result-order"},
  };
  return choices;
}

// Empty when the option may have the value.
std::string_view ChoiceError(std::string_view option, std::string_view value) {
  for (const Choice& choice : Choices()) {
    if (choice.option != option) continue;
    bool allowed =
        std::find(choice.values.begin(), choice.values.end(), value) != choice.values.end();
    return allowed ? std::string_view() : choice.error;
  }
  return {};
}

// What NODE_OPTIONS may not carry, without its value.
std::string NotAllowed(std::string_view argument) {
  const size_t equals = argument.find('=');
  if (equals != std::string_view::npos) argument = argument.substr(0, equals + 1);
  return absl::StrCat(argument, " is not allowed in NODE_OPTIONS");
}

// Why an option cannot be had; empty when it can.
std::string Refusal(const OptionSpec& spec, std::string_view argument, bool negated) {
  const bool boolean = spec.kind == OptionKind::kBoolean;
  if (negated && (!boolean || spec.effect == OptionEffect::kNothing)) {
    return absl::StrCat(argument, " is an invalid negation because it is not a boolean option");
  }
  const bool missing = spec.effect == OptionEffect::kMissing && !negated;
  const bool always_on = spec.effect == OptionEffect::kAlwaysOn && negated;
  return missing || always_on ? absl::StrCat(argument, " is not supported by Gyre") : "";
}

// One argument list being parsed.
class Parser {
 public:
  Parser(std::span<const std::string> arguments, bool from_environment, CommandLine* line)
      : arguments_(arguments), from_environment_(from_environment), line_(line) {}

  void Parse() {
    while (position_ < arguments_.size() && line_->errors.empty()) {
      const std::string& argument = arguments_[position_];
      if (argument == "--") {
        if (from_environment_) line_->errors.push_back(NotAllowed(argument));
        position_++;
        break;
      }
      if (argument.size() < 2 || argument[0] != '-') break;
      if ((argument == "-pe" || argument == "-ep") && !from_environment_) {
        RecordExecArgument(argument);
        Set(*Find("--print"), true);
        TakeValue(*Find("--eval"), argument, false, "");
      } else {
        TakeOption(argument);
      }
      position_++;
    }
    // Words in NODE_OPTIONS that are no options are passed over, as Node does.
    if (from_environment_) return;
    for (; position_ < arguments_.size(); position_++) {
      line_->arguments.push_back(arguments_[position_]);
    }
  }

 private:
  void TakeOption(const std::string& argument) {
    size_t equals = argument.find('=');
    std::string name = argument.substr(0, equals);
    // --foo_bar is --foo-bar.
    if (absl::StartsWith(name, "--"))
      name = "--" + absl::StrReplaceAll(name.substr(2), {{"_", "-"}});
    bool has_value = equals != std::string::npos;
    std::string value = has_value ? argument.substr(equals + 1) : "";

    bool negated = false;
    const OptionSpec* spec = Find(name);
    if (spec == nullptr && absl::StartsWith(name, "--no-")) {
      spec = Find("--" + name.substr(5));
      negated = spec != nullptr;
    }
    if (spec == nullptr) return TakeForeign(argument, name);
    if (from_environment_ && !spec->in_node_options) {
      line_->errors.push_back(NotAllowed(argument));
      return;
    }
    if (std::string error = Refusal(*spec, argument, negated); !error.empty()) {
      line_->errors.push_back(std::move(error));
      return;
    }
    if (spec->name == kConfigFile && (!has_value || name != kConfigFile)) {
      return TakeDefaultConfigFile(*spec, name, has_value);
    }
    RecordExecArgument(argument);
    if (spec->kind == OptionKind::kBoolean) {
      // --inspect=host:port and its like.
      if (has_value && absl::StartsWith(spec->name, "--inspect")) {
        if (value.empty()) {
          line_->errors.push_back(absl::StrCat(argument, " requires an argument"));
          return;
        }
        SetHostPort(value);
      }
      // A value behind = is ignored, as Node does.
      Set(*spec, !negated);
      // -p takes its script as an optional argument.
      if (spec->name == "--print") TakePrintScript();
      return;
    }
    TakeValue(*spec, argument, has_value, std::move(value));
  }

  // Without a value the option means the file of this name in the current directory.
  void TakeDefaultConfigFile(const OptionSpec& spec, const std::string& name, bool has_value) {
    if (has_value) {
      line_->errors.push_back(absl::StrCat(name, " does not take an argument"));
      return;
    }
    const std::string file = "node.config.json";
    RecordExecArgument(absl::StrCat(kConfigFile, "=", file));
    Set(spec, file);
  }

  // A port, a host, or both: what is not there stays as it is. Kept as host:port.
  void SetHostPort(std::string value) {
    const std::string& before = line_->options.GetString("--inspect-port");
    const size_t before_colon = before.rfind(':');
    std::string host = before_colon == std::string::npos ? "" : before.substr(0, before_colon);
    std::string port = before_colon == std::string::npos ? "9229" : before.substr(before_colon + 1);
    const size_t bracket = value.find(']');
    const size_t colon = value.rfind(':');
    const auto is_number = [](std::string_view text) {
      return text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
      port = value.substr(colon + 1);
      value.resize(colon);
    } else if (is_number(value)) {
      port = std::exchange(value, "");
    }
    if (!value.empty() && value[0] == '[' && value.back() == ']') {
      value = value.substr(1, value.size() - 2);
    }
    if (!value.empty()) host = value;
    // What is not a number is 0, as everywhere.
    const int64_t number = strtoll(port.c_str(), nullptr, 10);
    if (number < 0 || number > 65535 || (number != 0 && number < 1024)) {
      line_->errors.push_back("must be 0 or in range 1024 to 65535.");
      return;
    }
    Set(*Find("--inspect-port"), absl::StrCat(host, ":", number));
  }

  void TakePrintScript() {
    if (position_ + 1 >= arguments_.size()) return;
    const std::string& next = arguments_[position_ + 1];
    if (!next.empty() && next[0] == '-' && next.size() > 1) return;
    position_++;
    RecordExecArgument(next);
    Set(*Find("--eval"), absl::StartsWith(next, "\\-") ? next.substr(1) : next);
  }

  void TakeValue(const OptionSpec& spec, const std::string& argument, bool has_value,
                 std::string value) {
    if (!has_value) {
      bool missing = position_ + 1 >= arguments_.size();
      // A value that looks like an option is one; `\-` escapes it.
      if (!missing && arguments_[position_ + 1].size() > 1 && arguments_[position_ + 1][0] == '-') {
        missing = true;
      }
      if (missing) {
        line_->errors.push_back(absl::StrCat(argument, " requires an argument"));
        return;
      }
      value = arguments_[++position_];
      RecordExecArgument(value);
      if (absl::StartsWith(value, "\\-")) value.erase(0, 1);
    } else if (value.empty() && spec.name != "--eval") {
      line_->errors.push_back(absl::StrCat(argument, " requires an argument"));
      return;
    }
    switch (spec.kind) {
      case OptionKind::kInteger: {
        // What is not a number is 0, as Node has it.
        Set(spec, static_cast<int64_t>(strtoll(value.c_str(), nullptr, 10)));
        break;
      }
      case OptionKind::kList: {
        std::vector<std::string> list = line_->options.GetList(spec.name);
        list.push_back(std::move(value));
        Set(spec, std::move(list));
        break;
      }
      default:
        if (spec.name == "--inspect-port") return SetHostPort(std::move(value));
        if (std::string_view error = ChoiceError(spec.name, value); !error.empty()) {
          line_->errors.emplace_back(error);
          return;
        }
        Set(spec, std::move(value));
    }
  }

  void TakeForeign(const std::string& argument, const std::string& name) {
    if (name == "--debug" || name == "--debug-brk") {
      line_->errors.push_back(
          "[DEP0062]: `node --debug` and `node --debug-brk` are invalid. Please use `node "
          "--inspect` and `node --inspect-brk` instead.");
      return;
    }
    if (from_environment_) {
      bool allowed = false;
      for (std::string_view known : kV8InNodeOptions) allowed |= name == known;
      if (!allowed) {
        line_->errors.push_back(NotAllowed(argument));
        return;
      }
    }
    RecordExecArgument(argument);
    line_->v8_flags.push_back(argument);
  }

  void Set(const OptionSpec& spec, OptionValue value) {
    line_->options.Set(spec.name, std::move(value));
    if (spec.name == "--eval") line_->has_eval = true;
    // A later --no-enable-source-maps has its way.
    if (spec.name == "--experimental-transform-types") {
      line_->options.Set("--enable-source-maps", line_->options.GetBool(spec.name));
    }
  }

  void RecordExecArgument(const std::string& argument) {
    if (!from_environment_) line_->exec_argv.push_back(argument);
  }

  const std::span<const std::string> arguments_;
  const bool from_environment_;
  CommandLine* const line_;
  size_t position_ = 0;
};

// A profile's own options say nothing without it.
void CheckProfile(std::string_view profile, const Options& options, CommandLine* line) {
  if (options.GetBool(profile)) return;
  const std::string name = absl::StrCat(profile, "-name");
  const std::string dir = absl::StrCat(profile, "-dir");
  const std::string interval = absl::StrCat(profile, "-interval");
  auto check = [&](const std::string& option, bool given) {
    if (given) line->errors.push_back(absl::StrCat(option, " must be used with ", profile));
  };
  check(name, !options.GetString(name).empty());
  check(dir, !options.GetString(dir).empty());
  check(interval, OptionValue(options.GetInt(interval)) != Default(*Find(interval)));
}

// Options that need or exclude each other.
void CheckTogether(const Options& options, CommandLine* line) {
  CheckProfile("--cpu-prof", options, line);
  CheckProfile("--heap-prof", options, line);
  auto exclude = [&](std::string_view one, std::string_view other) {
    line->errors.push_back(absl::StrCat("either ", one, " or ", other, " can be used, not both"));
  };
  static constexpr std::string_view kExclusive[][2] = {
      {"--tls-min-v1.3", "--tls-max-v1.2"},
      {"--use-openssl-ca", "--use-bundled-ca"},
      {"--use-openssl-ca", "--use-system-ca"},
  };
  for (const auto& [one, other] : kExclusive) {
    if (options.GetBool(one) && options.GetBool(other)) exclude(one, other);
  }
  const bool watch_path = !options.GetList("--watch-path").empty();
  const bool watch = options.GetBool("--watch") || watch_path;
  if (options.GetBool("--test")) {
    if (options.GetBool("--check")) exclude("--test", "--check");
    if (line->has_eval) exclude("--test", "--eval");
    if (options.GetBool("--interactive")) exclude("--test", "--interactive");
    if (watch_path) {
      line->errors.push_back("--watch-path cannot be used in combination with --test");
    }
  }
  if (options.GetBool("--check")) {
    if (line->has_eval) exclude("--check", "--eval");
    if (watch) exclude("--watch", "--check");
  } else if (watch) {
    if (line->has_eval) exclude("--watch", "--eval");
    if (options.GetBool("--interactive")) exclude("--watch", "--interactive");
  }
}

}  // namespace

std::span<const std::string_view> V8NodeOptions() { return kV8InNodeOptions; }

Options::Options() {
  // Nearly in order.
  for (const OptionSpec& spec : OptionSpecs()) {
    values_.emplace_hint(values_.end(), spec.name, Default(spec));
  }
}

void Options::Set(std::string_view name, OptionValue value) {
  auto found = values_.find(name);
  CHECK(found != values_.end()) << name;
  CHECK_EQ(found->second.index(), value.index()) << name;
  found->second = std::move(value);
}

void ParseNodeOptions(std::string_view text, CommandLine* line) {
  std::vector<std::string> words;
  bool quoted = false;
  bool in_word = false;
  for (size_t i = 0; i < text.size(); i++) {
    char c = text[i];
    if (c == '\\' && quoted) {
      if (i + 1 == text.size()) {
        line->errors.push_back("invalid value for NODE_OPTIONS (invalid escape)");
        return;
      }
      c = text[++i];
    } else if (c == ' ' && !quoted) {
      in_word = false;
      continue;
    } else if (c == '"') {
      quoted = !quoted;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    words.back().push_back(c);
  }
  if (quoted) {
    line->errors.push_back("invalid value for NODE_OPTIONS (unterminated string)");
    return;
  }
  Parser(words, true, line).Parse();
  // What the command line adds comes too late for these, in Node too.
  if (line->errors.empty()) CheckTogether(line->options, line);
}

void ParseArguments(std::span<const std::string> arguments, CommandLine* line) {
  Parser(arguments, false, line).Parse();
  if (line->errors.empty()) CheckTogether(line->options, line);
}

}  // namespace gyre
