#include "engine/completer.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/schema.h"
#include "engine/stored_document.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;
using Xapian::Query;

// Words of the vocabulary looked at for one prefix, and expanded in a query.
constexpr int kScannedWords = 2000;
constexpr Xapian::termcount kExpandedWords = 50;
// Shorter beginnings complete to words only: too many titles would fit.
constexpr size_t kMinTitlePrefixBytes = 2;
// Word completions shown when there are titles too.
constexpr size_t kWordsBesideTitles = 3;

// The input as its finished words and the one being typed.
struct Input {
  std::vector<Token> finished;
  Token last;
  bool has_last = false;
};

struct Scored {
  Completion completion;
  double score;
};

Input ReadInput(const std::string& prefix, analyzers::Analyzer& analyzer) {
  Input input;
  for (Token& token : analyzer.Analyze(prefix)) {
    if (token.role == TokenRole::kWhole) {
      input.finished.push_back(std::move(token));
    }
  }
  if (!input.finished.empty() && input.finished.back().end == prefix.size()) {
    input.last = std::move(input.finished.back());
    input.finished.pop_back();
    input.has_last = true;
  }
  return input;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

void SortBest(std::vector<Scored>* scored) {
  std::stable_sort(
      scored->begin(), scored->end(),
      [](const Scored& a, const Scored& b) { return a.score > b.score; });
}

// The commonest words of the vocabulary that begin as the last word does.
void CompleteWord(const AutocompleteQuery& query, const Input& input,
                  const CompletionSource& source, std::vector<Scored>* found) {
  const Field& all = kFields[kAll];
  const std::string start = TextTerm(all.exact_prefix, input.last.exact);
  std::vector<std::pair<Xapian::doccount, std::string>> words;
  auto term = source.database->allterms_begin(start);
  const auto end = source.database->allterms_end(start);
  for (int n = 0; term != end && n < kScannedWords; ++term, ++n) {
    const std::string word = (*term).substr(all.exact_prefix.size());
    if (word != input.last.exact) words.emplace_back(term.get_termfreq(), word);
  }
  const auto count = std::min<size_t>(
      words.size(), static_cast<size_t>(query.max_completions));
  std::partial_sort(
      words.begin(), words.begin() + static_cast<ptrdiff_t>(count), words.end(),
      [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
      });
  words.resize(count);
  const std::string typed = query.prefix.substr(0, input.last.begin);
  for (const auto& [frequency, word] : words) {
    std::string shown =
        source.database->get_metadata(TextTerm(kDisplayKey, word));
    if (shown.empty()) shown = word;
    Completion completion;
    completion.text = typed + shown;
    completion.language = source.language.language;
    completion.spans = {{typed, false}, {shown, true}};
    found->push_back(
        {std::move(completion), frequency * source.language.weight});
  }
}

// Every finished word in the title, and one that begins as the last does.
Query TitleQuery(const Input& input) {
  const Field& title = kFields[kTitle];
  std::vector<Query> all;
  for (const Token& token : input.finished) {
    std::vector<Query> forms = {
        Query(TextTerm(title.exact_prefix, token.exact))};
    for (const std::string& lemma : token.lemmas) {
      forms.emplace_back(TextTerm(title.lemma_prefix, lemma));
    }
    all.emplace_back(Query::OP_SYNONYM, forms.begin(), forms.end());
  }
  if (input.has_last) {
    all.emplace_back(
        Query::OP_WILDCARD, TextTerm(title.exact_prefix, input.last.exact),
        kExpandedWords, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM);
  }
  return Query(Query::OP_AND, all.begin(), all.end());
}

// The title in stretches; words that were typed are not highlighted.
std::vector<Span> TitleSpans(const std::string& title, const Input& input,
                             analyzers::Analyzer& analyzer) {
  std::vector<Span> spans;
  size_t at = 0;
  for (const Token& token : analyzer.Analyze(title)) {
    if (token.role != TokenRole::kWhole || token.begin < at) continue;
    const bool typed =
        (input.has_last && StartsWith(token.exact, input.last.exact)) ||
        std::any_of(
            input.finished.begin(), input.finished.end(),
            [&](const Token& word) {
              return word.exact == token.exact ||
                     (!word.lemmas.empty() && word.lemmas == token.lemmas);
            });
    if (!typed) continue;
    if (token.begin > at) {
      spans.push_back({title.substr(at, token.begin - at), true});
    }
    spans.push_back(
        {title.substr(token.begin, token.end - token.begin), false});
    at = token.end;
  }
  if (at < title.size()) spans.push_back({title.substr(at), true});
  return spans;
}

void CompleteTitle(const AutocompleteQuery& query, const Input& input,
                   const CompletionSource& source, std::vector<Scored>* found) {
  Xapian::Enquire enquire(*source.database);
  enquire.set_query(TitleQuery(input));
  const Xapian::MSet matches =
      enquire.get_mset(0, static_cast<Xapian::doccount>(query.max_completions));
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    absl::StatusOr<StoredDocument> stored =
        DecodeStoredDocument(match.get_document().get_data());
    if (!stored.ok()) continue;
    Completion completion;
    completion.text = stored->article.title;
    completion.spans = TitleSpans(completion.text, input, *source.analyzer);
    completion.language = stored->article.language;
    completion.article_id = stored->HitId();
    found->push_back(
        {std::move(completion), match.get_weight() * source.language.weight});
  }
}

}  // namespace

std::vector<Completion> Complete(const AutocompleteQuery& query,
                                 const std::vector<CompletionSource>& sources) {
  std::vector<Scored> words;
  std::vector<Scored> titles;
  for (const CompletionSource& source : sources) {
    const Input input = ReadInput(query.prefix, *source.analyzer);
    if (input.has_last) CompleteWord(query, input, source, &words);
    if (!input.finished.empty() ||
        (input.has_last && input.last.exact.size() >= kMinTitlePrefixBytes)) {
      CompleteTitle(query, input, source, &titles);
    }
  }
  SortBest(&words);
  SortBest(&titles);
  // A few words first, then titles, then more words where there is room.
  const size_t first_words =
      titles.empty() ? words.size()
                     : std::min<size_t>(words.size(), kWordsBesideTitles);
  std::vector<const Scored*> order;
  for (size_t i = 0; i < first_words; ++i) order.push_back(&words[i]);
  for (const Scored& title : titles) order.push_back(&title);
  for (size_t i = first_words; i < words.size(); ++i) {
    order.push_back(&words[i]);
  }
  std::vector<Completion> completions;
  std::set<std::string> shown;
  for (const Scored* scored : order) {
    if (completions.size() >= static_cast<size_t>(query.max_completions)) break;
    if (shown.insert(scored->completion.text).second) {
      completions.push_back(scored->completion);
    }
  }
  return completions;
}

}  // namespace kbsearch::engine
