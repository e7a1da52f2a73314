#include "engine/index/all_articles.h"

#include <xapian.h>

#include <map>
#include <optional>
#include <utility>

#include "engine/generations/generations.h"
#include "engine/index/article_ledger.h"
#include "engine/index/article_lookup.h"
#include "engine/live/change_log.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kBatch = 1000;

// What the log says of a version; nothing: it is deleted.
using Changed =
    std::map<std::pair<std::string, std::string>, std::optional<Article>>;

absl::Status ReadChanges(const std::string& data_dir, const std::string& corpus,
                         uint64_t after, const ArticleLedger& ledger,
                         Changed* changed) {
  ChangeReader reader(data_dir, corpus, after);
  while (true) {
    absl::StatusOr<std::vector<Change>> changes = reader.Next(kBatch);
    if (!changes.ok()) return changes.status();
    if (changes->empty()) return absl::OkStatus();
    for (Change& change : *changes) {
      const std::string id = change.article.id;
      const std::string language = change.article.language;
      if (!change.is_delete) {
        (*changed)[{id, language}] = std::move(change.article);
        continue;
      }
      if (!language.empty()) {
        (*changed)[{id, language}] = std::nullopt;
        continue;
      }
      for (auto it = ledger.lower_bound({id, ""});
           it != ledger.end() && it->first.first == id; ++it) {
        (*changed)[it->first] = std::nullopt;
      }
      for (auto it = changed->lower_bound({id, ""});
           it != changed->end() && it->first.first == id; ++it) {
        it->second = std::nullopt;
      }
    }
  }
}

}  // namespace

absl::Status ForEachArticle(
    const std::string& data_dir, const std::string& corpus,
    const std::function<absl::Status(const Article&)>& each) {
  const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir, corpus);
  if (!live.ok()) return live.status();
  const std::string folder = GenerationFolder(data_dir, corpus, *live);
  const absl::StatusOr<Manifest> manifest = ReadManifest(folder);
  if (!manifest.ok()) return manifest.status();
  const absl::StatusOr<ArticleLedger> ledger = ReadLedger(folder);
  if (!ledger.ok()) return ledger.status();
  Changed changed;
  absl::Status status = ReadChanges(data_dir, corpus, manifest->changes_through,
                                    *ledger, &changed);
  if (!status.ok()) return status;
  for (const auto& [key, entry] : *ledger) changed.try_emplace(key, Article());
  std::map<std::pair<std::string, Audience>, Xapian::Database> databases;
  return CallXapian("read the index", [&]() -> absl::Status {
    for (const auto& [key, article] : changed) {
      if (!article.has_value()) continue;
      const auto& [id, language] = key;
      const auto entry = ledger->find(key);
      if (!article->id.empty()) {
        status = each(*article);
      } else {
        const Audience audience = entry->second.audience;
        const auto [database, is_new] =
            databases.try_emplace({language, audience});
        if (is_new) {
          database->second =
              Xapian::Database(ShardFolder(folder, language, audience));
        }
        const absl::StatusOr<Article> stored =
            ReadStoredArticle(database->second, id, language);
        if (!stored.ok()) return stored.status();
        status = each(*stored);
      }
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  });
}

}  // namespace kbsearch::engine
