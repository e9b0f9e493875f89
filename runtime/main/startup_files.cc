#include "runtime/main/startup_files.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "runtime/base/config_file.h"
#include "runtime/util/dotenv.h"
#include "uv.h"

namespace gyre {
namespace {

// 0, or errno as libuv numbers it.
int ReadFile(const std::string& path, std::string* text) {
  FILE* file = fopen(path.c_str(), "rbe");
  if (file == nullptr) return uv_translate_sys_error(errno);
  char chunk[4096];
  while (const size_t size = fread(chunk, 1, sizeof(chunk), file)) text->append(chunk, size);
  // A folder can be opened, but not read.
  const int error = ferror(file) ? uv_translate_sys_error(errno) : 0;
  fclose(file);
  return error;
}

void Say(const char* program, std::string_view text) {
  fprintf(stderr, "%s: %.*s\n", program, static_cast<int>(text.size()), text.data());
}

// A process that starts the program again whenever files change: the files of variables are read by
// the program's, each time.
bool OnlyWatches(const Options& options) {
  return !options.GetBool("--test") &&
         (options.GetBool("--watch") || !options.GetList("--watch-path").empty());
}

struct EnvFile {
  std::string path;
  bool required;
};

// In the order of the options that name them: the last one wins.
std::vector<EnvFile> EnvFiles(const CommandLine& line) {
  std::vector<EnvFile> files;
  for (size_t i = 0; i < line.exec_argv.size(); i++) {
    const std::string& word = line.exec_argv[i];
    const size_t equals = word.find('=');
    const std::string name = absl::StrReplaceAll(word.substr(0, equals), {{"_", "-"}});
    if (name != "--env-file" && name != "--env-file-if-exists") continue;
    const bool here = equals != std::string::npos;
    files.push_back({.path = here ? word.substr(equals + 1) : line.exec_argv[++i],
                     .required = name == "--env-file"});
  }
  return files;
}

// Later files win over earlier ones, the real environment over all.
bool ApplyEnvFiles(const char* program, const CommandLine& line) {
  std::map<std::string, std::string> variables;
  bool good = true;
  for (const EnvFile& file : EnvFiles(line)) {
    std::string text;
    if (int error = ReadFile(file.path, &text); error == UV_ENOENT && !file.required) {
      fprintf(stderr, "%s not found. Continuing without it.\n", file.path.c_str());
    } else if (error != 0) {
      Say(program,
          absl::StrCat(file.path, error == UV_EISDIR ? ": invalid format" : ": not found"));
      good = false;
    }
    for (auto& [name, value] : ParseDotenv(text)) variables[name] = value;
  }
  if (!good || OnlyWatches(line.options)) return good;
  for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 0);
  return true;
}

bool ReadConfigFile(const char* program, const std::string& path, ConfigFile* config) {
  std::string text;
  if (int error = ReadFile(path, &text); error != 0) {
    fprintf(stderr, "Cannot read configuration from %s: %s\n", path.c_str(), uv_strerror(error));
    Say(program, path + ": not found");
    return false;
  }
  *config = ParseConfigFile(path, text);
  if (config->error.empty()) return true;
  fprintf(stderr, "%s\n", config->error.c_str());
  Say(program, path + ": invalid content");
  return false;
}

// Files that the arguments name are read before anything else is made of these.
bool ReadNamedFiles(const char* program, std::span<const std::string> arguments,
                    ConfigFile* config) {
  bool named = false;
  for (const std::string& argument : arguments) {
    named |= absl::StartsWith(argument, "--env") || absl::StartsWith(argument, "--experimental");
  }
  if (!named) return true;
  CommandLine line;
  ParseArguments(arguments, &line);
  // They will be said when the arguments are read for good.
  if (!line.errors.empty()) return true;
  if (!ApplyEnvFiles(program, line)) return false;
  const std::string& path = line.options.GetString("--experimental-config-file");
  return path.empty() || ReadConfigFile(program, path, config);
}

// Environment variables that stand for an option.
void ApplyVariables(Options* options) {
  static constexpr struct {
    const char* variable;
    const char* option;
  } kVariables[] = {
      {"NODE_PENDING_DEPRECATION", "--pending-deprecation"},
      {"NODE_PRESERVE_SYMLINKS", "--preserve-symlinks"},
      {"NODE_PRESERVE_SYMLINKS_MAIN", "--preserve-symlinks-main"},
      {"NODE_USE_ENV_PROXY", "--use-env-proxy"},
      {"NODE_USE_SYSTEM_CA", "--use-system-ca"},
  };
  for (const auto& [variable, option] : kVariables) {
    const char* value = getenv(variable);
    if (value != nullptr && std::string_view(value) == "1") options->Set(option, true);
  }
}

// A value of the file must not bring more options with it.
void ParseConfiguredOptions(const ConfigFile& config, CommandLine* line) {
  ParseNodeOptions(absl::StrJoin(config.node_options, " "), line);
  for (const std::string& word : config.node_options) {
    if (!line->errors.empty() || !absl::StrContains(word, ' ')) continue;
    line->errors.push_back(
        "The number of NODE_OPTIONS doesn't match the number of flags in the config file");
  }
}

}  // namespace

bool ReadOptions(const char* program, std::span<const std::string> arguments, CommandLine* line) {
  ConfigFile config;
  if (!ReadNamedFiles(program, arguments, &config)) return false;
  if (!config.node_options.empty()) ParseConfiguredOptions(config, line);
  const char* text = getenv("NODE_OPTIONS");
  if (line->errors.empty() && text != nullptr) ParseNodeOptions(text, line);
  ApplyVariables(&line->options);
  if (line->errors.empty()) ParseArguments(config.arguments, line);
  line->exec_argv.clear();
  if (line->errors.empty()) ParseArguments(arguments, line);
  for (const std::string& error : line->errors) Say(program, error);
  return line->errors.empty();
}

}  // namespace gyre
