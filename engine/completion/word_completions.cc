#include "engine/completion/word_completions.h"

#include <xapian.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

constexpr double kMendedQuality = 0.6;
// Words whose company is asked for, and how many are offered.
constexpr size_t kAskedTogether = 6;
constexpr size_t kTogether = 3;

// The most useful written words of the ranges, best first.
std::vector<size_t> BestWords(const WordRanges& ranges, size_t limit,
                              const ShardVocabulary& words) {
  std::vector<std::pair<uint64_t, size_t>> heap;  // the least useful on top
  for (const WordRange& range : ranges) {
    for (size_t id = range.first; id < range.last; ++id) {
      const uint64_t usefulness = words.usefulness(id);
      if (heap.size() == limit && usefulness <= heap.front().first) continue;
      if (!words.is_written(id)) continue;
      if (heap.size() == limit) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        heap.pop_back();
      }
      heap.emplace_back(usefulness, id);
      std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }
  }
  std::sort_heap(heap.begin(), heap.end(), std::greater<>());
  std::vector<size_t> best;
  for (const auto& [usefulness, id] : heap) best.push_back(id);
  return best;
}

bool IsFunctionWord(std::string_view display, analyzers::Analyzer& analyzer) {
  const std::vector<analyzers::Token> tokens = analyzer.Analyze(display);
  return !tokens.empty() &&
         std::all_of(tokens.begin(), tokens.end(),
                     [](const auto& token) { return token.is_stop; });
}

// Whether some document holds the word or another form of it.
bool IsKnown(const TypedWord& word, const Xapian::Database& database) {
  const Field& all = kFields[kAll];
  return database.term_exists(TextTerm(all.exact_prefix, word.folded)) ||
         std::any_of(
             word.lemmas.begin(), word.lemmas.end(),
             [&](const std::string& lemma) {
               return database.term_exists(TextTerm(all.lemma_prefix, lemma));
             });
}

// Any form of the word.
Xapian::Query FormsOf(const TypedWord& word) {
  const Field& all = kFields[kAll];
  std::vector<Xapian::Query> forms = {
      Xapian::Query(TextTerm(all.exact_prefix, word.folded))};
  for (const std::string& lemma : word.lemmas) {
    forms.emplace_back(TextTerm(all.lemma_prefix, lemma));
  }
  return Xapian::Query(Xapian::Query::OP_OR, forms.begin(), forms.end());
}

bool StandsWith(const Xapian::Query& others, std::string_view word,
                Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_FILTER, others,
                    Xapian::Query(TextTerm(kFields[kAll].exact_prefix, word))));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return !enquire.get_mset(0, 1).empty();
}

}  // namespace

std::vector<WordCompletion> CompleteWord(const TypedText& typed,
                                         const std::vector<WordRanges>& ranges,
                                         const std::string& language,
                                         Audience audience, size_t limit,
                                         SearchContext& context) {
  std::vector<WordCompletion> completions;
  const Vocabulary vocabulary = context.corpus.VocabularyOf(language, audience);
  std::vector<std::string_view> known;
  const TypedWord& last = *typed.last;
  const auto shards = context.corpus.CompletionOf(language, audience);
  for (size_t i = 0; i < shards.size() && i < ranges.size(); ++i) {
    const auto& shard = shards[i];
    for (const size_t id : BestWords(ranges[i], limit, *shard->vocabulary)) {
      const std::string_view word = shard->vocabulary->word(id);
      if (std::find(known.begin(), known.end(), word) != known.end()) continue;
      known.push_back(word);
      const auto entry = vocabulary.Find(word);
      if (word == last.folded ||
          IsFunctionWord(entry->display, context.analyzers.Of(language))) {
        continue;
      }
      const bool as_typed = word.starts_with(last.folded);
      completions.push_back({std::string(entry->display), Usefulness(*entry),
                             as_typed ? 1 : kMendedQuality, as_typed});
    }
  }
  return completions;
}

std::vector<WordCompletion> WordsTogether(const TypedText& typed,
                                          const std::string& language,
                                          Audience audience,
                                          SearchContext& context) {
  std::vector<WordCompletion> found;
  Xapian::Database* database = context.corpus.Find(language, audience);
  if (!typed.last || typed.finished.size() > kMaxTypedWords ||
      database == nullptr) {
    return found;
  }
  std::vector<Xapian::Query> others;
  for (const TypedWord& word : typed.finished) {
    if (word.is_stop) continue;
    if (!IsKnown(word, *database)) return found;
    others.push_back(FormsOf(word));
  }
  if (others.empty()) return found;
  const Xapian::Query all(Xapian::Query::OP_AND, others.begin(), others.end());
  const Vocabulary vocabulary = context.corpus.VocabularyOf(language, audience);
  for (const VocabularyWord& word :
       vocabulary.Complete(typed.last->folded, kAskedTogether)) {
    if (found.size() == kTogether) break;
    if (word.is_written && word.word != typed.last->folded &&
        StandsWith(all, word.word, *database)) {
      found.push_back({std::string(word.display), Usefulness(word), 1, true});
    }
  }
  return found;
}

}  // namespace kbsearch::engine
