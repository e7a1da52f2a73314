// Settings of kbsearch-indexer: flag, then environment (KBSEARCH_…), then
// configuration file, then default.
#ifndef KBSEARCH_INDEXER_COMMAND_LINE_H_
#define KBSEARCH_INDEXER_COMMAND_LINE_H_

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace kbsearch::indexer {

// Exit status of the programs.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

enum class Command {
  kBuild,
  kReindex,
  kUpsert,
  kDelete,
  kRollback,
  kVerify,
  kCompact,
  kExport,
  kBackup,
  kRestore,
  kList
};

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
  int keep = 2;               // earlier generations
  bool force = false;         // switch whatever the gate says
  bool changes_only = false;  // what has not changed is taken over as it is
  bool background = false;    // low priority; ends with the parent
  double max_ndcg_fall = 0.02;
  double max_slower = 2;
  uint64_t generation = 0;  // 0: the live one, or the one before
  std::vector<std::string> ids;
  std::string output;  // empty: standard output
  std::string backup;  // file or folder
};

// Nothing when the program is to run; otherwise the exit status, after help,
// version or the fault has been written.
std::optional<int> ParseCommandLine(int argc, const char* const* argv,
                                    Settings* settings, std::ostream& out,
                                    std::ostream& error);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_COMMAND_LINE_H_
