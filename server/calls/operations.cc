#include "server/calls/operations.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/live/change_log.h"
#include "server/calls/convert.h"

namespace kbsearch::server {

void AddState(Worker& worker, Reindexer* reindexer, v1::Corpus* corpus) {
  const absl::StatusOr<engine::CorpusState> state =
      worker.library().GetState(corpus->name());
  if (state.ok()) {
    corpus->set_pending_changes(static_cast<int64_t>(state->pending_changes));
    for (const uint64_t number : state->earlier_generations) {
      corpus->add_earlier_generations(static_cast<int64_t>(number));
    }
    corpus->set_problem(state->problem);
  }
  if (reindexer == nullptr) return;
  if (auto last = reindexer->Last(corpus->name()); last.has_value()) {
    *corpus->mutable_last_reindex() = *std::move(last);
  }
}

absl::Status HandleDeleteArticles(Worker& worker, const CallInfo& /*call*/,
                                  const v1::DeleteArticlesRequest& request,
                                  v1::DeleteArticlesResponse* response) {
  engine::Library& library = worker.library();
  const auto state = library.GetState(request.corpus());
  if (!state.ok()) return state.status();
  // What was put a moment ago counts.
  if (state->pending_changes > 0) library.Refresh().IgnoreError();
  std::vector<engine::Change> changes;
  for (const auto& key : request.articles()) {
    const std::string language =
        library.registry().Normalize(key.language_code());
    std::vector<std::string> versions;
    const auto found = worker.searcher().GetArticle(
        request.corpus(), key.article_id(), language, engine::Audience::kAgent,
        &versions);
    if (!found.ok() && !absl::IsNotFound(found.status())) {
      return found.status();
    }
    const auto count = language.empty() ? static_cast<int64_t>(versions.size())
                                        : std::count(versions.begin(),
                                                     versions.end(), language);
    response->set_deleted(response->deleted() + count);
    if (count == 0) *response->add_not_found() = key;
    // All the same: another process may have put it just now.
    engine::Change change;
    change.is_delete = true;
    change.article.id = key.article_id();
    change.article.language = language;
    changes.push_back(std::move(change));
  }
  if (changes.empty()) return absl::OkStatus();
  return library.AppendChanges(request.corpus(), std::move(changes)).status();
}

}  // namespace kbsearch::server
