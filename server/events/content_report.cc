#include "server/events/content_report.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/index/article_ledger.h"
#include "engine/index/stored_document.h"

namespace kbsearch::server::events {
namespace {

// An article that is read and that nobody has looked over for so long.
constexpr TimeMs kStaleMs = TimeMs{365} * 24 * 3600 * 1000;
// Of the most shown articles, how many are looked at.
constexpr size_t kLookedAt = 1000;
constexpr int64_t kPairsLookedAt = 100;
constexpr double kNearlyTheSame = 0.8;
// "Not helpful" is said more often than "helpful", and not by one person alone.
constexpr int64_t kLeastVotes = 2;

std::string TextOf(const engine::Article& article) {
  std::string text = article.title;
  for (const engine::Block& block : article.blocks) {
    absl::StrAppend(&text, " ", block.text);
  }
  for (const engine::FaqEntry& entry : article.entries) {
    absl::StrAppend(&text, " ", entry.question, " ", entry.answer);
  }
  return text;
}

std::unordered_set<size_t> Shingles(std::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(absl::string_view(text.data(), text.size()),
                     absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  std::unordered_set<size_t> shingles;
  for (size_t i = 0; i + 2 < words.size(); ++i) {
    shingles.insert(absl::HashOf(words[i], words[i + 1], words[i + 2]));
  }
  return shingles;
}

void Describe(const engine::Article& article,
              v1::GetInsightsResponse::ArticleRow* row) {
  row->set_title(article.title);
  if (article.updated_at != 0) {
    row->mutable_updated_at()->set_seconds(article.updated_at);
  }
}

void Describe(const ArticleCounts& counts,
              v1::GetInsightsResponse::ArticleRow* row) {
  row->set_article_id(counts.article_id);
  row->set_language_code(counts.language);
  row->set_impressions(counts.impressions);
  row->set_clicks(counts.clicks);
  row->set_helpful(counts.helpful);
  row->set_not_helpful(counts.not_helpful);
}

bool Has(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

double TextSimilarity(std::string_view a, std::string_view b) {
  const std::unordered_set<size_t> first = Shingles(a);
  const std::unordered_set<size_t> second = Shingles(b);
  if (first.empty() || second.empty()) return 0;
  const auto common = static_cast<double>(
      std::count_if(first.begin(), first.end(),
                    [&](size_t shingle) { return second.count(shingle) > 0; }));
  return common / (static_cast<double>(first.size() + second.size()) - common);
}

absl::Status ContentReport::Fill(v1::GetInsightsResponse* response) {
  absl::Status status = FillGaps(response);
  if (!status.ok()) return status;
  const auto counts = ReadArticleCounts(reader_);
  if (!counts.ok()) return counts.status();
  status = AddNotHelpful(*counts, response);
  if (status.ok()) status = AddStale(*counts, response);
  if (status.ok()) status = AddNearDuplicates(*counts, response);
  if (status.ok()) status = AddNeverFound(*counts, response);
  return status;
}

absl::StatusOr<std::optional<ContentReport::Found>> ContentReport::Find(
    const std::string& article_id, const std::string& language) {
  if (IsLate()) return absl::DeadlineExceededError("reading articles");
  Found found;
  absl::StatusOr<engine::Article> article = index_.searcher.GetArticle(
      window_.corpus, std::string(engine::PageId(article_id)), language,
      engine::Audience::kAgent, &found.languages);
  if (absl::IsNotFound(article.status())) return std::nullopt;
  if (!article.ok()) return article.status();
  if (article->language != language) return std::nullopt;
  found.article = *std::move(article);
  return found;
}

absl::Status ContentReport::FillGaps(v1::GetInsightsResponse* response) {
  const auto queries = ReadUnansweredQueries(reader_);
  if (!queries.ok()) return queries.status();
  for (const UnansweredQuery& query : *queries) {
    bool is_answered = false;
    const auto elsewhere = FindElsewhere(query, &is_answered);
    if (!elsewhere.ok()) return elsewhere.status();
    if (is_answered) continue;
    auto* gap = response->add_content_gaps();
    gap->set_query(query.query);
    gap->set_key(query.cluster);
    gap->set_language_code(query.language);
    gap->set_count(query.count);
    if (!elsewhere->has_value()) {
      gap->set_reason("missing_everywhere");
      continue;
    }
    gap->set_reason("missing_in_language");
    gap->set_exists_in((*elsewhere)->language);
    gap->set_article_id((*elsewhere)->article_id);
  }
  return absl::OkStatus();
}

// Where the answer stands in another language. Answered: customers were led to
// an article that has a version in their language by now; finding it is another
// matter than writing it.
absl::StatusOr<std::optional<UnansweredQuery::Lead>>
ContentReport::FindElsewhere(const UnansweredQuery& query, bool* is_answered) {
  for (const UnansweredQuery::Lead& lead : query.leads) {
    const auto found = Find(lead.article_id, lead.language);
    if (!found.ok()) return found.status();
    if (!found->has_value()) continue;
    *is_answered = Has((*found)->languages, query.language);
    if (*is_answered) return std::nullopt;
    return lead;
  }
  if (query.query.empty()) return std::nullopt;
  // Names, codes and borrowed words are the same in other languages.
  engine::SearchQuery search;
  search.corpus = window_.corpus;
  search.text = query.query;
  for (const std::string& language : index_.languages) {
    if (language != query.language) search.languages.push_back(language);
  }
  if (search.languages.empty()) return std::nullopt;
  search.audience = engine::Audience::kAgent;
  search.page_size = 5;
  search.verbatim = true;
  search.translation_mode = engine::TranslationMode::kSeparate;
  search.deadline = index_.deadline;
  const auto result = index_.searcher.Search(search);
  if (!result.ok()) return result.status();
  for (const engine::Hit& hit : result->hits) {
    if (!Has(hit.available_languages, query.language) &&
        IsAbout(query.query, hit)) {
      return UnansweredQuery::Lead{hit.article_id, hit.language};
    }
  }
  return std::nullopt;
}

// Whether half of the query's content words stand in the hit's title.
bool ContentReport::IsAbout(const std::string& query, const engine::Hit& hit) {
  const auto words = [&](const std::string& text) {
    std::set<std::string> found;
    for (const auto& token : index_.analyzer(hit.language).Analyze(text)) {
      if (token.is_stop || token.role != analyzers::TokenRole::kWhole) continue;
      found.insert(token.lemmas.empty() ? token.exact : token.lemmas.front());
    }
    return found;
  };
  const std::set<std::string> asked = words(query);
  const std::set<std::string> title = words(hit.title);
  const auto common = std::count_if(
      asked.begin(), asked.end(),
      [&](const std::string& word) { return title.count(word) > 0; });
  return common > 0 && 2 * static_cast<size_t>(common) >= asked.size();
}

absl::Status ContentReport::AddNotHelpful(
    const std::vector<ArticleCounts>& counts,
    v1::GetInsightsResponse* response) {
  std::vector<ArticleCounts> bad;
  for (const ArticleCounts& each : counts) {
    if (each.not_helpful >= kLeastVotes && each.not_helpful > each.helpful) {
      bad.push_back(each);
    }
  }
  std::stable_sort(bad.begin(), bad.end(),
                   [](const ArticleCounts& a, const ArticleCounts& b) {
                     return a.not_helpful > b.not_helpful;
                   });
  int64_t rows = 0;
  for (const ArticleCounts& each : bad) {
    if (rows == window_.max_rows) break;
    const auto found = Find(each.article_id, each.language);
    if (!found.ok()) return found.status();
    if (!found->has_value()) continue;
    ArticleRow* row = response->add_articles();
    Describe(each, row);
    Describe((*found)->article, row);
    row->set_problem("not_helpful");
    ++rows;
  }
  return absl::OkStatus();
}

absl::Status ContentReport::AddStale(const std::vector<ArticleCounts>& counts,
                                     v1::GetInsightsResponse* response) {
  const int64_t limit = (window_.until - kStaleMs) / 1000;
  int64_t rows = 0;
  for (size_t i = 0; i < std::min(counts.size(), kLookedAt); ++i) {
    if (rows == window_.max_rows) break;
    const auto found = Find(counts[i].article_id, counts[i].language);
    if (!found.ok()) return found.status();
    if (!found->has_value()) continue;
    const int64_t updated = (*found)->article.updated_at;
    if (updated == 0 || updated > limit) continue;
    ArticleRow* row = response->add_articles();
    Describe(counts[i], row);
    Describe((*found)->article, row);
    row->set_problem("stale");
    ++rows;
  }
  return absl::OkStatus();
}

absl::Status ContentReport::AddNearDuplicates(
    const std::vector<ArticleCounts>& counts,
    v1::GetInsightsResponse* response) {
  const auto pairs = ReadArticlePairs(reader_, kPairsLookedAt);
  if (!pairs.ok()) return pairs.status();
  int64_t rows = 0;
  for (const ArticlePair& pair : *pairs) {
    if (rows == window_.max_rows) break;
    // Entries of one page are no articles of their own.
    if (engine::PageId(pair.article_id) ==
        engine::PageId(pair.other_article_id)) {
      continue;
    }
    const auto first = Find(pair.article_id, pair.language);
    if (!first.ok()) return first.status();
    const auto second = Find(pair.other_article_id, pair.language);
    if (!second.ok()) return second.status();
    if (!first->has_value() || !second->has_value()) continue;
    if (TextSimilarity(TextOf((*first)->article), TextOf((*second)->article)) <
        kNearlyTheSame) {
      continue;
    }
    ArticleRow* row = response->add_articles();
    const auto known = std::find_if(
        counts.begin(), counts.end(), [&](const ArticleCounts& each) {
          return each.article_id == pair.article_id &&
                 each.language == pair.language;
        });
    if (known != counts.end()) Describe(*known, row);
    row->set_article_id(pair.article_id);
    row->set_language_code(pair.language);
    Describe((*first)->article, row);
    row->set_problem("near_duplicate");
    row->set_other_article_id(pair.other_article_id);
    ++rows;
  }
  return absl::OkStatus();
}

absl::Status ContentReport::AddNeverFound(
    const std::vector<ArticleCounts>& counts,
    v1::GetInsightsResponse* response) {
  // Without any list shown nothing is known of any article.
  if (counts.empty()) return absl::OkStatus();
  const auto ledger = engine::ReadLedger(index_.generation_folder);
  if (absl::IsNotFound(ledger.status())) return absl::OkStatus();
  if (!ledger.ok()) return ledger.status();
  std::set<std::pair<std::string, std::string>> shown;
  for (const ArticleCounts& each : counts) {
    shown.emplace(std::string(engine::PageId(each.article_id)), each.language);
  }
  int64_t rows = 0;
  for (const auto& [key, entry] : *ledger) {
    if (rows == window_.max_rows) break;
    const auto& [id, language] = key;
    if (entry.audience != engine::Audience::kPublic || shown.count(key) > 0 ||
        (!window_.language.empty() && language != window_.language)) {
      continue;
    }
    const auto found = Find(id, language);
    if (!found.ok()) return found.status();
    if (!found->has_value()) continue;
    ArticleRow* row = response->add_articles();
    row->set_article_id(id);
    row->set_language_code(language);
    Describe((*found)->article, row);
    row->set_problem("never_found");
    ++rows;
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::server::events
