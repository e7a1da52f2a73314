#include "indexer/settings_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/setting_names.h"

namespace kbsearch::indexer {
namespace {

bool IsInEnvironment(const CLI::Option& option) {
  const char* const value = std::getenv(option.get_envname().c_str());
  return value != nullptr && *value != '\0';
}

// By the first line that says something: "name: value" or "---", not
// "name = value" or "[section]".
bool LooksLikeYaml(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    if (line.compare(begin, 3, "---") == 0) return true;
    const size_t sign = line.find_first_of(":=[", begin);
    return sign != std::string::npos && line[sign] == ':';
  }
  return false;
}

[[noreturn]] void Fail(const std::string& path, int line,
                       const std::string& what) {
  throw CLI::ConfigError(
      absl::StrCat(path, ":", std::max(0, line) + 1, ": ", what),
      CLI::ExitCodes::ConfigError);
}

// One value, or a list of them.
std::vector<std::string> Values(const std::string& path,
                                const std::string& name,
                                const YAML::Node& node) {
  if (node.IsScalar()) return {node.Scalar()};
  std::vector<std::string> values;
  if (node.IsSequence()) {
    for (const YAML::Node& value : node) {
      if (!value.IsScalar()) break;
      values.push_back(value.Scalar());
    }
    if (!values.empty() && values.size() == node.size()) return values;
  }
  Fail(path, node.Mark().line,
       absl::StrCat("'", name, "' needs a value, or a list of values"));
}

}  // namespace

std::string SettingsFile::Path() const {
  const CLI::Option* const option = app_->get_config_ptr();
  return option == nullptr ? "settings file" : option->as<std::string>();
}

std::vector<CLI::ConfigItem> SettingsFile::ReadYaml(
    const std::string& text) const {
  const std::string path = Path();
  std::vector<CLI::ConfigItem> items;
  try {
    const YAML::Node root = YAML::Load(text);
    if (!root.IsMap()) {
      Fail(path, root.Mark().line, "not a map of settings, as in 'data: DIR'");
    }
    for (const auto& pair : root) {
      CLI::ConfigItem item;
      item.name = pair.first.IsScalar() ? pair.first.Scalar() : "";
      if (!IsNamed(item.name, kIndexerSettingNames)) {
        if (IsNamed(item.name, kServerSettingNames)) continue;
        Fail(path, pair.first.Mark().line,
             absl::StrCat("'", item.name,
                          "' is not a setting; see kbsearch-indexer --help"));
      }
      item.inputs = Values(path, item.name, pair.second);
      items.push_back(std::move(item));
    }
  } catch (const YAML::Exception& error) {
    Fail(path, error.mark.line, error.msg);
  }
  return items;
}

std::vector<CLI::ConfigItem> SettingsFile::from_config(
    std::istream& input) const {
  const std::string text(std::istreambuf_iterator<char>(input), {});
  std::istringstream again(text);
  std::vector<CLI::ConfigItem> items;
  const std::vector<const CLI::App*> commands =
      app_->get_subcommands([](const CLI::App*) { return true; });
  for (CLI::ConfigItem& item : LooksLikeYaml(text)
                                   ? ReadYaml(text)
                                   : CLI::ConfigTOML::from_config(again)) {
    if (!item.parents.empty()) {
      items.push_back(std::move(item));
      continue;
    }
    bool known = !IsNamed(item.name, kIndexerSettingNames) &&
                 IsNamed(item.name, kServerSettingNames);
    for (const CLI::App* command : commands) {
      const CLI::Option* option =
          command->get_option_no_throw("--" + item.name);
      if (option == nullptr) continue;
      known = true;
      if (!command->parsed() || !option->get_configurable() ||
          IsInEnvironment(*option)) {
        continue;
      }
      CLI::ConfigItem copy = item;
      copy.parents = {command->get_name()};
      items.push_back(std::move(copy));
    }
    if (!known) items.push_back(std::move(item));  // CLI11 names it
  }
  return items;
}

}  // namespace kbsearch::indexer
