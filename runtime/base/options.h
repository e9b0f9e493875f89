#ifndef GYRE_BASE_OPTIONS_H_
#define GYRE_BASE_OPTIONS_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gyre {

// The command line and NODE_OPTIONS, as https://nodejs.org/api/cli.html describes them.

enum class OptionKind : uint8_t { kBoolean, kInteger, kString, kList };

enum class OptionEffect : uint8_t {
  kWorks,
  kNothing,   // by Node's documentation, or because what it asks for is always so
  kAlwaysOn,  // a boolean that cannot be turned off: its negation is refused
  kMissing,   // the feature is not there: refused
};

struct OptionSpec {
  std::string_view name;  // "--conditions"
  OptionKind kind;
  bool in_node_options;            // allowed in NODE_OPTIONS
  std::string_view default_value;  // "", "true", a number or a string; lists start empty
  std::string_view alias = {};     // "-C"
  OptionEffect effect = OptionEffect::kWorks;
};

// Every option that Gyre knows itself; V8's own are V8's to check.
std::span<const OptionSpec> OptionSpecs();

// V8's options that NODE_OPTIONS may carry, by Node's documentation.
std::span<const std::string_view> V8NodeOptions();

using OptionValue = std::variant<bool, int64_t, std::string, std::vector<std::string>>;

// The values of all options, defaults included.
class Options {
 public:
  Options();

  bool GetBool(std::string_view name) const { return Get<bool>(name); }
  int64_t GetInt(std::string_view name) const { return Get<int64_t>(name); }
  const std::string& GetString(std::string_view name) const { return Get<std::string>(name); }
  const std::vector<std::string>& GetList(std::string_view name) const {
    return Get<std::vector<std::string>>(name);
  }
  const std::map<std::string_view, OptionValue>& values() const { return values_; }
  void Set(std::string_view name, OptionValue value);

 private:
  template <class T>
  const T& Get(std::string_view name) const {
    return std::get<T>(values_.at(name));
  }
  std::map<std::string_view, OptionValue> values_;
};

struct CommandLine {
  Options options;
  bool has_eval = false;               // --eval or --print was given a script, which may be empty
  std::vector<std::string> exec_argv;  // what came before the script, process.execArgv
  std::vector<std::string> arguments;  // the script, if any, and what follows
  std::vector<std::string> v8_flags;   // options that are not ours, for V8 to take or refuse
  std::vector<std::string> errors;     // complete messages without the program's name
};

// Adds the options of NODE_OPTIONS (space-separated, double quotes group, backslash escapes inside
// them) to the line.
void ParseNodeOptions(std::string_view text, CommandLine* line);

// Adds the arguments behind the program's name. What an earlier call has set is overridden; lists
// grow.
void ParseArguments(std::span<const std::string> arguments, CommandLine* line);

}  // namespace gyre

#endif  // GYRE_BASE_OPTIONS_H_
