#include "engine/index/article_lookup.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/index/document_record.h"
#include "engine/index/language_preference.h"
#include "engine/index/schema.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {

std::vector<std::string> AvailableLanguages(const std::string& article_id,
                                            Audience audience,
                                            OpenCorpus& corpus) {
  return corpus.VersionsOf(article_id, audience);
}

absl::StatusOr<Article> FindArticle(
    const std::string& id, const std::string& language, Audience audience,
    OpenCorpus& corpus, std::vector<std::string>* available_languages) {
  *available_languages = AvailableLanguages(id, audience, corpus);
  if (available_languages->empty()) {
    return absl::NotFoundError(absl::StrCat("no article \"", id,
                                            "\" in corpus \"",
                                            corpus.snapshot().info.name, "\""));
  }
  const LanguagePreference preferred =
      PreferenceInCorpus({language}, audience, corpus);
  const std::string& shown = *std::min_element(
      available_languages->begin(), available_languages->end(),
      [&](const std::string& a, const std::string& b) {
        return preferred.RankOf(a) < preferred.RankOf(b);
      });
  Xapian::Database& database = *corpus.Find(shown, audience);
  const Xapian::docid document =
      *database.postlist_begin(DocumentTerm(id, shown));
  absl::StatusOr<StoredDocument> stored =
      ReadDocumentRecord(database, document);
  if (!stored.ok()) return stored.status();
  return std::move(stored->article);
}

absl::StatusOr<Article> ReadStoredArticle(const Xapian::Database& database,
                                          const std::string& id,
                                          const std::string& language) {
  const std::string term = DocumentTerm(id, language);
  const Xapian::PostingIterator found = database.postlist_begin(term);
  if (found == database.postlist_end(term)) {
    return absl::DataLossError(absl::StrCat("article \"", id, "\" (", language,
                                            ") is not in its database"));
  }
  absl::StatusOr<StoredDocument> stored = ReadDocumentRecord(database, *found);
  if (!stored.ok()) return stored.status();
  return std::move(stored->article);
}

}  // namespace kbsearch::engine
