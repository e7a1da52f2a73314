#include "indexer/care_commands.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/index/all_articles.h"
#include "indexer/readers/exported_text.h"

namespace kbsearch::indexer {
namespace {

int Fail(const absl::Status& status) {
  std::cerr << "kbsearch-indexer: " << status.message() << "\n";
  return kExitFailed;
}

}  // namespace

int RunRollback(const Settings& settings) {
  const absl::StatusOr<uint64_t> generation =
      engine::RollBack(settings.data, settings.corpus, settings.generation);
  if (!generation.ok()) return Fail(generation.status());
  std::cout << "corpus " << settings.corpus << ": generation " << *generation
            << " is live\n";
  return kExitDone;
}

int RunVerify(const Settings& settings) {
  uint64_t generation = settings.generation;
  if (generation == 0) {
    const absl::StatusOr<uint64_t> live =
        engine::ReadCurrent(settings.data, settings.corpus);
    if (!live.ok()) return Fail(live.status());
    generation = *live;
  }
  const absl::StatusOr<engine::Verification> found = engine::VerifyGeneration(
      engine::GenerationFolder(settings.data, settings.corpus, generation));
  if (!found.ok()) return Fail(found.status());
  std::cout << absl::StrFormat(
      "corpus %s, generation %d: %d files, %.1f MB, %d documents, %d "
      "articles\n",
      settings.corpus, generation, found->files,
      static_cast<double>(found->bytes) / 1e6, found->documents,
      found->articles);
  for (const std::string& problem : found->problems) {
    std::cerr << "problem: " << problem << "\n";
  }
  if (found->problems.empty()) return kExitDone;
  std::cerr << "kbsearch-indexer: the generation is damaged; go back to an "
               "earlier one (rollback) or build the corpus again (reindex)\n";
  return kExitFailed;
}

int RunExport(const Settings& settings) {
  // Under its own name only when it is whole; a pipe has no other name.
  std::error_code error;
  const bool is_special =
      std::filesystem::exists(settings.output, error) &&
      !std::filesystem::is_regular_file(settings.output, error);
  const std::string unfinished =
      is_special ? settings.output : settings.output + ".part";
  std::ofstream file;
  if (!settings.output.empty()) {
    file.open(unfinished, std::ios::binary | std::ios::trunc);
    if (!file) {
      return Fail(absl::PermissionDeniedError(
          absl::StrCat("cannot write ", settings.output)));
    }
  }
  std::ostream& out = settings.output.empty() ? std::cout : file;
  const absl::Status full = absl::ResourceExhaustedError(
      "cannot write all articles: is the disk full?");
  absl::Status status = engine::ForEachArticle(
      settings.data, settings.corpus, [&](const engine::Article& article) {
        out << WriteExportedArticle(article) << '\n';
        return out ? absl::OkStatus() : full;
      });
  out.flush();
  if (status.ok() && !out) status = full;
  if (!settings.output.empty() && !is_special) {
    file.close();
    if (status.ok()) {
      std::filesystem::rename(unfinished, settings.output, error);
      if (error) status = absl::ErrnoToStatus(error.value(), settings.output);
    }
    if (!status.ok()) std::filesystem::remove(unfinished, error);
  }
  return status.ok() ? kExitDone : Fail(status);
}

}  // namespace kbsearch::indexer
