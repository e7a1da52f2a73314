#include "engine/search/absence.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "engine/index/document_record.h"
#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kNearestWords = 5;
// A word of the article is near one of the query when at most a third of its
// letters are others.
constexpr size_t kLettersAChange = 3;

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool Overlap(const std::vector<std::string>& a,
             const std::vector<std::string>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

// Code points of well-formed UTF-8, as terms are.
std::u32string CodePoints(std::string_view text) {
  std::u32string points;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80 && !points.empty()) {
      points.back() = (points.back() << 6) | (byte & 0x3F);
    } else {
      points.push_back(byte < 0x80   ? byte
                       : byte < 0xE0 ? byte & 0x1F
                       : byte < 0xF0 ? byte & 0x0F
                                     : byte & 0x07);
    }
  }
  return points;
}

std::string Quoted(std::string_view text) {
  return absl::StrCat("\"", std::string(text), "\"");
}

std::string List(const std::vector<std::string>& words) {
  return absl::StrJoin(words, ", ");
}

// A version of the article asked about.
struct Version {
  std::string language;
  bool is_visible = false;     // to the audience of the search
  Xapian::docid document = 0;  // in the agents' database
};

class Diagnosis {
 public:
  Diagnosis(const ExplainQuery& query, const SearchTrace& trace,
            SearchContext& context)
      : query_(query), trace_(trace), context_(context) {}

  std::string Reason() {
    FindVersions();
    for (const auto step :
         {&Diagnosis::NotThere, &Diagnosis::Internal, &Diagnosis::OtherLanguage,
          &Diagnosis::OutsideFilter, &Diagnosis::Hidden,
          &Diagnosis::NotMatching}) {
      if (std::optional<std::string> reason = (this->*step)()) return *reason;
    }
    return "";
  }

 private:
  using Found = std::optional<std::string>;

  void FindVersions() {
    for (const std::string& language :
         context_.corpus.Languages(Audience::kAgent)) {
      const std::string term = DocumentTerm(query_.article_id, language);
      Xapian::Database& all = *context_.corpus.Find(language, Audience::kAgent);
      if (!all.term_exists(term)) continue;
      Xapian::Database* visible =
          context_.corpus.Find(language, query_.search.audience);
      versions_.push_back({language,
                           visible != nullptr && visible->term_exists(term),
                           *all.postlist_begin(term)});
    }
  }

  std::vector<std::string> Languages() const {
    std::vector<std::string> languages;
    for (const Version& version : versions_) {
      languages.push_back(version.language);
    }
    return languages;
  }

  Found NotThere() {
    if (versions_.empty()) {
      return absl::StrCat("not in the corpus: no article ",
                          Quoted(query_.article_id), " in any language");
    }
    if (query_.language.empty()) return {};
    const std::vector<std::string> languages = Languages();
    std::erase_if(versions_, [&](const Version& version) {
      return version.language != query_.language;
    });
    if (!versions_.empty()) return {};
    return absl::StrCat("not in the corpus in ", query_.language,
                        "; it is there in ", List(languages));
  }

  Found Internal() {
    std::erase_if(versions_,
                  [](const Version& version) { return !version.is_visible; });
    if (!versions_.empty()) return {};
    return "internal: only agents see it, and this is the search of a portal";
  }

  Found OtherLanguage() {
    std::vector<std::string> searched;
    for (const LanguageLookup& lookup : trace_.lookups) {
      searched.push_back(lookup.language.language);
    }
    const std::vector<std::string> languages = Languages();
    std::erase_if(versions_, [&](const Version& version) {
      return !Contains(searched, version.language);
    });
    if (!versions_.empty()) return {};
    if (!query_.search.languages.empty()) {
      return absl::StrCat("language: only articles in ",
                          List(query_.search.languages),
                          " were asked for; this one is in ", List(languages));
    }
    return absl::StrCat("language: the query was looked up in ",
                        searched.empty() ? "no language" : List(searched),
                        "; the article is in ", List(languages));
  }

  // What of the filter the article fails; nothing when it passes.
  Found FailedFilter(const Article& article) const {
    const SearchFilter& filter = query_.search.filter;
    if (!filter.kinds.empty() &&
        std::find(filter.kinds.begin(), filter.kinds.end(), article.kind) ==
            filter.kinds.end()) {
      return absl::StrCat("kind: the article is ",
                          Quoted(KindName(article.kind)));
    }
    if (!filter.categories.empty() &&
        !Overlap(filter.categories, article.category)) {
      return absl::StrCat("category: the article is in ",
                          article.category.empty()
                              ? "none"
                              : absl::StrJoin(article.category, " › "));
    }
    if (!filter.tags.empty() && !Overlap(filter.tags, article.tags)) {
      return absl::StrCat("tag: the article has ",
                          article.tags.empty() ? "none" : List(article.tags));
    }
    if (filter.updated_after && article.updated_at < *filter.updated_after) {
      return absl::StrCat(
          "date: the article was updated ",
          article.updated_at == 0
              ? "at an unknown time"
              : absl::FormatTime("%Y-%m-%d",
                                 absl::FromUnixSeconds(article.updated_at),
                                 absl::UTCTimeZone()));
    }
    return {};
  }

  Found OutsideFilter() {
    for (const Version& version : versions_) {
      absl::StatusOr<StoredDocument> stored = ReadDocumentRecord(
          *context_.corpus.Find(version.language, Audience::kAgent),
          version.document);
      if (!stored.ok()) return std::string(stored.status().message());
      Found failed = FailedFilter(stored->article);
      if (!failed) return {};
      if (&version == &versions_.back())
        return "outside the filter: " + *failed;
    }
    return {};
  }

  Found Hidden() {
    const std::vector<std::string>& hidden = trace_.curation.hidden;
    if (!Contains(hidden, query_.article_id) &&
        !Contains(hidden, PageId(query_.article_id))) {
      return {};
    }
    return absl::StrCat("hidden by the operators' curation of “",
                        absl::StrJoin(trace_.curation.queries, "”, “"), "”");
  }

  Found NotMatching() {
    std::vector<std::string> reasons;
    for (const Version& version : versions_) {
      const auto lookup =
          std::find_if(trace_.lookups.begin(), trace_.lookups.end(),
                       [&](const LanguageLookup& candidate) {
                         return candidate.language.language == version.language;
                       });
      Xapian::Database& database =
          *context_.corpus.Find(version.language, query_.search.audience);
      const Xapian::docid document = *database.postlist_begin(
          DocumentTerm(query_.article_id, version.language));
      double score = 0;
      for (const ScorePart& part : ScoreParts(*lookup, document, database)) {
        score += part.value;
      }
      if (score > 0 && trace_.ranking.size() < SearchTrace::kDepth) {
        // Everything that matches is in the ranking.
        return "left out by the query itself: it asks for a phrase or field "
               "that the article lacks, or excludes a word that it has";
      }
      if (score > 0) {
        return absl::StrFormat(
            "below the cut: its words weigh %.2f, and the %d candidates ranked "
            "weigh more",
            score, trace_.ranking.size());
      }
      reasons.push_back(NoWordInCommon(*lookup, document, database));
    }
    return absl::StrJoin(reasons, "; ");
  }

  std::string NoWordInCommon(const LanguageLookup& lookup,
                             Xapian::docid document,
                             Xapian::Database& database) const {
    std::vector<std::string> typed;
    for (const QueryWord& word : lookup.words.words) {
      typed.push_back(word.exact.front());
    }
    const std::vector<std::string> nearest =
        NearestWords(typed, document, database);
    return absl::StrCat(
        "no word in common in ", lookup.language.language, ": the query has ",
        typed.empty() ? "no words" : List(typed), "; nearest in the article: ",
        nearest.empty() ? "none is near" : List(nearest));
  }

  // Words of the article that differ from the query's by a few letters, nearest
  // first.
  static std::vector<std::string> NearestWords(
      const std::vector<std::string>& typed, Xapian::docid document,
      Xapian::Database& database) {
    const std::string prefix(kFields[kAll].exact_prefix);
    std::vector<std::pair<size_t, std::string>> near;
    const auto end = database.termlist_end(document);
    auto term = database.termlist_begin(document);
    for (term.skip_to(prefix); term != end; ++term) {
      const std::string text = *term;
      if (text.compare(0, prefix.size(), prefix) != 0) break;
      const std::string word = text.substr(prefix.size());
      // Prefixes of other fields go on with a capital.
      if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') continue;
      const std::u32string points = CodePoints(word);
      for (const std::string& query_word : typed) {
        const std::u32string query_points = CodePoints(query_word);
        const size_t limit = query_points.size() / kLettersAChange + 1;
        const size_t distance = EditDistance(points, query_points, limit);
        if (distance < limit) near.emplace_back(distance, word);
      }
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> words;
    for (const auto& [distance, word] : near) {
      if (words.size() < kNearestWords && !Contains(words, word)) {
        words.push_back(word);
      }
    }
    return words;
  }

  const ExplainQuery& query_;
  const SearchTrace& trace_;
  SearchContext& context_;
  std::vector<Version> versions_;  // that are still possible
};

}  // namespace

std::string WhyAbsent(const ExplainQuery& query, const SearchTrace& trace,
                      SearchContext& context) {
  return Diagnosis(query, trace, context).Reason();
}

size_t EditDistance(std::u32string_view a, std::u32string_view b,
                    size_t limit) {
  const size_t shorter = std::min(a.size(), b.size());
  if (std::max(a.size(), b.size()) - shorter >= limit) return limit;
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return std::min(row[b.size()], limit);
}

}  // namespace kbsearch::engine
