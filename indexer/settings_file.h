// The file that --config or KBSEARCH_CONFIG names: a YAML map, as the server's
// ("data: DIR"), or lines of TOML ("data = \"DIR\"").
#ifndef KBSEARCH_INDEXER_SETTINGS_FILE_H_
#define KBSEARCH_INDEXER_SETTINGS_FILE_H_

#include <CLI/CLI.hpp>
#include <istream>
#include <string>
#include <vector>

namespace kbsearch::indexer {

// CLI11 would let the file override the environment, and wants the command's
// name as a section. Here the environment wins, and plain settings serve every
// command that has the option. What is only kbsearch-server's is passed over;
// a name that nobody knows is an error (CLI::ConfigError).
class SettingsFile : public CLI::ConfigTOML {
 public:
  // `app` must outlive it.
  explicit SettingsFile(const CLI::App* app) : app_(app) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  // "FILE"
  std::string Path() const;
  std::vector<CLI::ConfigItem> ReadYaml(const std::string& text) const;

  const CLI::App* app_;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SETTINGS_FILE_H_
