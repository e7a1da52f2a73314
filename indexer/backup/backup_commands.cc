#include "indexer/backup/backup_commands.h"

#include <iostream>

#include "absl/strings/str_format.h"
#include "indexer/backup/backup.h"
#include "indexer/backup/restore.h"

namespace kbsearch::indexer {
namespace {

int Tell(const absl::StatusOr<BackupSummary>& summary, const char* done,
         const std::string& where) {
  if (!summary.ok()) {
    std::cerr << "kbsearch-indexer: " << summary.status().message() << "\n";
    return kExitFailed;
  }
  for (const BackupSummary::Corpus& corpus : summary->corpora) {
    std::cout << absl::StrFormat("  corpus %s, generation %d\n", corpus.name,
                                 corpus.generation);
  }
  for (const std::string& name : summary->removed) {
    std::cout << absl::StrFormat(
        "  corpus %s is not in it: it was removed meanwhile\n", name);
  }
  if (summary->has_events) std::cout << "  events\n";
  std::cout << absl::StrFormat("%s %s: %d files, %.1f MB\n", done, where,
                               summary->files,
                               static_cast<double>(summary->bytes) / 1e6);
  for (const std::string& damage : summary->damaged) {
    std::cerr << "kbsearch-indexer: " << damage
              << ": it cannot be restored. Roll back or build anew, then back "
                 "up again; keep the backup before this one\n";
  }
  return summary->damaged.empty() ? kExitDone : kExitFailed;
}

}  // namespace

int RunBackup(const Settings& settings) {
  return Tell(WriteBackup({settings.data, settings.corpus, settings.backup}),
              "written", settings.backup);
}

int RunRestore(const Settings& settings) {
  return Tell(RestoreBackup({settings.backup, settings.data, settings.corpus}),
              "restored into", settings.data);
}

}  // namespace kbsearch::indexer
