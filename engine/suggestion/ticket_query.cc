#include "engine/suggestion/ticket_query.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/index/schema.h"
#include "engine/operators/apply_rules.h"
#include "engine/query/query_languages.h"

namespace kbsearch::engine {
namespace {

// From this probability on a ticket is in the language, and only its parts are
// looked at for others; below, each likely language gets the whole ticket.
constexpr double kCertainLanguage = 0.8;
// Different words looked up: a bound on time for tickets of thousands of words.
constexpr size_t kMaxLookedUp = 400;

// What a word weighs by its place.
constexpr double kSubject = 2.0;
constexpr double kQuestion = 1.3;
constexpr double kProblem = 1.2;
constexpr double kFirstSentences = 1.2;
constexpr size_t kFirstSentenceCount = 2;

// Powers of rarity and of frequency.
constexpr double kIdfPower = 1.0;
constexpr double kFrequencyPower = 0.5;
// A word in no article weighs less than a rare one.
constexpr double kUnknownShare = 0.7;

// Between the sentences, so that words of two never stand side by side.
constexpr uint32_t kSentenceGap = 10;

// The sentences that are in one language.
struct Part {
  QueryLanguage language;
  std::vector<const TicketSentence*> sentences;
  size_t bytes = 0;
};

std::string Join(const std::vector<TicketSentence>& sentences) {
  std::string text;
  for (const TicketSentence& sentence : sentences) {
    text += sentence.text;
    text += '\n';
  }
  return text;
}

std::vector<Part> WholeTicket(const std::vector<TicketSentence>& sentences,
                              std::vector<QueryLanguage> languages) {
  std::vector<Part> parts;
  for (QueryLanguage& language : languages) {
    Part& part = parts.emplace_back();
    part.language = std::move(language);
    for (const TicketSentence& sentence : sentences) {
      part.sentences.push_back(&sentence);
    }
  }
  return parts;
}

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<Part> DivideByLanguage(const std::vector<TicketSentence>& sentences,
                                   const SuggestQuery& query,
                                   SearchContext& context) {
  // With a filter the ticket is in one of its languages.
  std::vector<std::string> available = context.corpus.Languages(query.audience);
  std::erase_if(available, [&](const std::string& language) {
    return !query.languages.empty() && !Contains(query.languages, language);
  });
  if (available.empty()) return {};
  const std::string text = Join(sentences);
  std::vector<analyzers::LanguageGuess> guesses;
  std::vector<QueryLanguage> chosen =
      ChooseLanguages(text, query.language, query.languages, available,
                      context.registry(), &guesses);
  if (guesses.empty() || guesses.front().probability < kCertainLanguage) {
    return WholeTicket(sentences, std::move(chosen));
  }
  const std::vector<analyzers::LanguagePart> runs =
      context.registry().identifier().Split(text, guesses.front().language,
                                            available);
  std::vector<Part> parts;
  size_t begin = 0;
  size_t run = 0;
  for (const TicketSentence& sentence : sentences) {
    while (run + 1 < runs.size() && runs[run].end <= begin) ++run;
    const std::string& language = runs[run].language;
    begin += sentence.text.size() + 1;
    auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) {
      return p.language.language == language;
    });
    if (part == parts.end()) {
      part = parts.insert(part, Part{{language, 1, 1}, {}, 0});
    }
    part->sentences.push_back(&sentence);
    part->bytes += sentence.text.size();
  }
  std::stable_sort(
      parts.begin(), parts.end(),
      [](const Part& a, const Part& b) { return a.bytes > b.bytes; });
  return parts;
}

double PlaceWeight(const TicketSentence& sentence, size_t body_sentence) {
  if (sentence.in_subject) return kSubject;
  double weight = 1;
  if (sentence.is_question) weight *= kQuestion;
  if (sentence.tells_problem) weight *= kProblem;
  if (body_sentence < kFirstSentenceCount) weight *= kFirstSentences;
  return weight;
}

// A word of the ticket with all its occurrences.
struct CountedWord {
  QueryWord word;
  double frequency = 0;  // weighed by place
  double boost = 0;
  double weight = 0;
  bool known = false;  // some article holds it
  bool in_subject = false;
};

void AddUnique(const std::vector<std::string>& from,
               std::vector<std::string>* to) {
  for (const std::string& text : from) {
    if (!Contains(*to, text)) to->push_back(text);
  }
}

// Counts the words of sentences, each form of a word as the same.
class WordCounter {
 public:
  explicit WordCounter(analyzers::Analyzer& analyzer) : analyzer_(analyzer) {}

  void Add(const WeighedText& text) {
    QueryWords words = AnalyzeQuery(text.text, analyzer_);
    if (words.only_stop_words) return;
    for (const JoinedWord& joined : words.joined) {
      words.words.push_back(
          {joined.position, false, false, joined.exact, joined.lemmas, {}});
    }
    uint32_t last = 0;
    for (QueryWord& word : words.words) {
      last = std::max(last, word.position);
      word.position += offset_;
      Count(std::move(word), text);
    }
    offset_ += last + kSentenceGap;
  }

  std::vector<CountedWord> Take() { return std::move(words_); }

 private:
  void Count(QueryWord word, const WeighedText& text) {
    if (word.exact.empty()) return;
    const std::string& key =
        word.lemmas.empty() ? word.exact.front() : word.lemmas.front();
    const auto [place, is_new] = places_.try_emplace(key, words_.size());
    if (is_new) {
      if (words_.size() == kMaxLookedUp) {
        places_.erase(place);
        return;
      }
      words_.push_back(
          {std::move(word), text.weight, 0, 0, false, text.is_subject});
      return;
    }
    CountedWord& counted = words_[place->second];
    counted.frequency += text.weight;
    AddUnique(word.exact, &counted.word.exact);
    AddUnique(word.lemmas, &counted.word.lemmas);
  }

  analyzers::Analyzer& analyzer_;
  uint32_t offset_ = 0;
  std::unordered_map<std::string, size_t> places_;
  std::vector<CountedWord> words_;
};

double DocumentsWith(const QueryWord& word, const Xapian::Database& database) {
  const Field& all = kFields[kAll];
  double documents = 0;
  if (word.lemmas.empty()) {
    for (const std::string& text : word.exact) {
      documents += database.get_termfreq(TextTerm(all.exact_prefix, text));
    }
    return documents;
  }
  for (const std::string& text : word.lemmas) {
    documents += database.get_termfreq(TextTerm(all.lemma_prefix, text));
  }
  return documents;
}

// Of the rarest part of a compound that stands nowhere whole.
double DocumentsWithParts(const QueryWord& word,
                          const Xapian::Database& database) {
  double rarest = 0;
  for (const std::vector<std::string>& part : word.parts) {
    double documents = 0;
    for (const std::string& text : part) {
      documents +=
          database.get_termfreq(TextTerm(kFields[kAll].lemma_prefix, text));
    }
    if (documents == 0) return 0;
    if (rarest == 0 || documents < rarest) rarest = documents;
  }
  return rarest;
}

bool HoldsDigit(const QueryWord& word) {
  return std::any_of(word.exact.front().begin(), word.exact.front().end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

void Weigh(const Xapian::Database& database, CountedWord* counted) {
  const double all = database.get_doccount();
  double documents = DocumentsWith(counted->word, database);
  if (documents == 0) documents = DocumentsWithParts(counted->word, database);
  documents = std::min(documents, all);
  counted->known = documents > 0;
  const double idf =
      counted->known ? std::log(1 + (all - documents + 0.5) / (documents + 0.5))
                     : kUnknownShare * std::log(1 + (all + 0.5) / 0.5);
  counted->boost = std::pow(counted->frequency, kFrequencyPower);
  counted->weight = std::pow(idf, kIdfPower) * counted->boost;
}

std::vector<WeighedText> WeighSentences(
    const std::vector<const TicketSentence*>& sentences) {
  std::vector<WeighedText> texts;
  size_t body_sentence = 0;
  for (const TicketSentence* sentence : sentences) {
    texts.push_back({sentence->text, PlaceWeight(*sentence, body_sentence),
                     sentence->in_subject});
    if (!sentence->in_subject) ++body_sentence;
  }
  return texts;
}

// Keeps the `most` words that weigh most, in the order of the text.
void KeepWeightiest(size_t most, std::vector<CountedWord>* words) {
  if (most == 0 || words->size() <= most) return;
  std::nth_element(
      words->begin(), words->begin() + static_cast<std::ptrdiff_t>(most),
      words->end(), [](const CountedWord& a, const CountedWord& b) {
        return a.weight > b.weight;
      });
  words->resize(most);
  std::sort(words->begin(), words->end(),
            [](const CountedWord& a, const CountedWord& b) {
              return a.word.position < b.word.position;
            });
}

}  // namespace

TicketQuery MakeWordsQuery(const QueryLanguage& language,
                           std::span<const WeighedText> texts, size_t max_words,
                           Audience audience, SearchContext& context) {
  const Xapian::Database& database =
      *context.corpus.Find(language.language, audience);
  TicketQuery query;
  query.lookup.language = language;
  query.lookup.words.language = language.language;
  WordCounter counter(context.analyzers.Of(language.language));
  for (const WeighedText& text : texts) counter.Add(text);
  std::vector<CountedWord> words = counter.Take();
  for (CountedWord& word : words) {
    Weigh(database, &word);
    // A number that no article holds says nothing of the matter.
    if (!word.known && HoldsDigit(word.word)) continue;
    ++query.content_words;
    query.all_weight += word.weight;
    if (!word.known) query.unknown_weight += word.weight;
  }
  std::erase_if(words, [](const CountedWord& word) { return !word.known; });
  KeepWeightiest(max_words, &words);
  for (CountedWord& word : words) {
    query.lookup.words.words.push_back(std::move(word.word));
    query.weights.push_back(word.weight);
    query.boosts.push_back(word.boost);
    query.in_subject.push_back(word.in_subject);
  }
  AddSynonyms(context, &query.lookup.words);
  return query;
}

std::vector<TicketQuery> MakeTicketQueries(
    const std::vector<TicketSentence>& sentences, const SuggestQuery& query,
    size_t max_words, SearchContext& context) {
  std::vector<TicketQuery> queries;
  for (const Part& part : DivideByLanguage(sentences, query, context)) {
    if (context.corpus.Find(part.language.language, query.audience) ==
        nullptr) {
      continue;
    }
    TicketQuery made =
        MakeWordsQuery(part.language, WeighSentences(part.sentences), max_words,
                       query.audience, context);
    made.sentences = part.sentences;
    if (!made.weights.empty()) queries.push_back(std::move(made));
  }
  return queries;
}

}  // namespace kbsearch::engine
