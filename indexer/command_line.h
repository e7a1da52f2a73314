// Settings of kbsearch-indexer: flag, then environment (KBSEARCH_…), then
// configuration file, then default.
#ifndef KBSEARCH_INDEXER_COMMAND_LINE_H_
#define KBSEARCH_INDEXER_COMMAND_LINE_H_

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace kbsearch::indexer {

// Exit status of the programs.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

enum class Command { kBuild, kList };

struct Settings {
  Command command = Command::kBuild;
  std::string data;
  std::string corpus;
  std::vector<std::string> sources;
  std::string format = "auto";
  std::string language = "auto";
  int jobs = 0;
  std::vector<std::string> columns;  // "field=column"
  bool prune = false;
  bool reanalyze = false;
  bool dry_run = false;
  std::string report;
  bool json = false;
};

// Nothing when the program is to run; otherwise the exit status, after help,
// version or the fault has been written.
std::optional<int> ParseCommandLine(int argc, const char* const* argv,
                                    Settings* settings, std::ostream& out,
                                    std::ostream& error);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_COMMAND_LINE_H_
