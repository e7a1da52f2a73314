#include "engine/completion/completer.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "analyzers/fold.h"
#include "engine/completion/completion_text.h"
#include "engine/completion/input_words.h"
#include "engine/completion/language_inputs.h"
#include "engine/completion/title_matcher.h"
#include "engine/completion/word_completions.h"
#include "engine/deadline.h"
#include "engine/index/article_lookup.h"
#include "engine/index/schema.h"
#include "engine/index/stored_document.h"
#include "engine/operators/rule_store.h"
#include "engine/ranking/article_prior.h"

namespace kbsearch::engine {
namespace {

// Titles that complete the input as it is typed; with fewer, slips and sounds
// are tried too.
constexpr size_t kEnoughTitles = 3;
// Kept of each shard and kind beyond what is shown, for those that fall out:
// duplicates, translations, hidden ones.
constexpr size_t kSpare = 8;
// Phrases and words before the titles: while more titles complete the input
// than can be shown, a word that narrows them down helps more than a few of
// them.
constexpr size_t kPhrasesBeforeMany = 2;
constexpr size_t kPhrasesBeforeFew = 1;
// A phrase of titles beside a word of texts, as Usefulness() counts.
constexpr double kPhraseUsefulness = 9;
constexpr double kRetypedWeight = 0.5;
// What use can add to a title's score, or take: as much as beginning with
// another word than the input's first takes.
constexpr double kUseWeight = 0.5;

// An input in one language and shard, with what it may stand for there.
struct Reading {
  const LanguageInput* language;
  std::shared_ptr<const CompletionShard> shard;
  TypedText typed;
  InputWords words;
  bool is_retyped = false;  // on another keyboard layout than it was typed
};

struct TitleDraft {
  const Reading* reading;
  uint32_t title;
  double score;
};

// A phrase, or a word when `phrase` is empty.
struct PhraseDraft {
  std::vector<Span> spans;
  std::string language;
  std::string key;  // the folded text
  double weight;
};

std::string TextOf(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) text += span.text;
  return text;
}

std::string KeyOf(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return analyzers::Fold(text);
}

class Completer {
 public:
  Completer(const AutocompleteQuery& query, SearchContext& context)
      : query_(query),
        context_(context),
        limit_(static_cast<size_t>(query.max_completions)) {}

  absl::StatusOr<std::vector<Completion>> Run() {
    const std::string text = CleanLine(query_.prefix);
    if (text.empty() || limit_ == 0) return std::vector<Completion>();
    typed_key_ = KeyOf(text);
    languages_ = InputLanguages(text, query_, context_);
    has_locale_ = std::any_of(
        languages_.begin(), languages_.end(),
        [](const LanguageInput& language) { return language.is_locale; });
    for (const Tolerance tolerance : {Tolerance::kNone, Tolerance::kSlips}) {
      for (const LanguageInput& language : languages_) {
        if (tolerance == Tolerance::kSlips && HasEnough(language)) continue;
        const absl::Status status = CheckDeadline(query_.deadline);
        if (!status.ok()) return status;
        Read(language, text, tolerance, false);
      }
      exact_titles_ = titles_.size();
    }
    if (titles_.empty() && phrases_.empty()) {
      const absl::Status status = TryOtherwise(text);
      if (!status.ok()) return status;
    }
    return Compose();
  }

 private:
  // Whether slips need not be looked for in the language: enough titles are
  // there, or some that hold just what was typed, and the user reads another
  // language. Other letters than the user's own are read as his in any case.
  bool HasEnough(const LanguageInput& language) const {
    if (exact_titles_ > 0 && !language.is_locale && has_locale_) return true;
    if (!language.is_own_script && !language.is_locale && has_locale_) {
      return !titles_.empty() || !phrases_.empty();
    }
    const size_t enough = language.is_own_script
                              ? kEnoughTitles
                              : std::max(limit_, kEnoughTitles);
    return titles_.size() >= enough;
  }

  // Other keyboards, then words that stand in no title with those before.
  absl::Status TryOtherwise(const std::string& text) {
    for (const LanguageInput& language : languages_) {
      const absl::Status status = CheckDeadline(query_.deadline);
      if (!status.ok()) return status;
      for (const std::string& retyped :
           RetypeFor(text, language, context_.registry().spelling())) {
        Read(language, CleanLine(retyped), Tolerance::kNone, true);
      }
      if (!titles_.empty() || !phrases_.empty()) return absl::OkStatus();
    }
    for (const LanguageInput& language : languages_) {
      if (!phrases_.empty() || !language.is_own_script) continue;
      const absl::Status status = CheckDeadline(query_.deadline);
      if (!status.ok()) return status;
      const TypedText typed =
          ReadTyped(text, context_.analyzers.Of(language.code));
      for (const WordCompletion& word :
           WordsTogether(typed, language.code, query_.audience, context_)) {
        AddPhrase(WordSpans(typed, word.display, true), language.code,
                  language.weight * static_cast<double>(word.usefulness));
      }
    }
    return absl::OkStatus();
  }

  void Read(const LanguageInput& language, std::string text,
            Tolerance tolerance, bool is_retyped) {
    const TypedText typed =
        ReadTyped(std::move(text), context_.analyzers.Of(language.code));
    if (typed.finished.size() + 1 > kMaxTypedWords) return;
    std::vector<WordRanges> last;
    for (const auto& shard :
         context_.corpus.CompletionOf(language.code, query_.audience)) {
      Reading& reading = readings_.emplace_back();
      reading = {&language, shard, typed, {}, is_retyped};
      reading.words =
          ReadInputWords(typed, tolerance, *shard,
                         context_.registry().spelling().Of(language.code));
      last.push_back(tolerance == Tolerance::kNone
                         ? WordRanges{reading.words.last}
                         : reading.words.last_mended);
      if (shard->titles != nullptr) AddTitles(&reading);
    }
    if (typed.finished.empty() && typed.last) {
      AddWords(language, typed, last, is_retyped);
    }
  }

  double WeightOf(const Reading& reading) const {
    return reading.language->weight * (reading.is_retyped ? kRetypedWeight : 1);
  }

  void AddTitles(const Reading* reading) {
    TitleMatcher matcher(reading->words, *reading->shard);
    ShardMatches matches = matcher.Match();
    WeighUse(*reading, &matches.titles);
    KeepBest(&matches.titles, [](const TitleMatch& match) {
      return std::pair(match.score, -static_cast<double>(match.title));
    });
    for (const TitleMatch& match : matches.titles) {
      titles_.push_back(
          {reading, match.title, match.score * WeightOf(*reading)});
    }
    const TypedText& typed = reading->typed;
    if (!typed.last && !typed.text.ends_with(' ')) return;
    // Words alone come from the vocabulary.
    std::erase_if(matches.phrases, [&](const PhraseMatch& phrase) {
      return typed.finished.empty() && phrase.last - phrase.first == 1;
    });
    KeepBest(&matches.phrases, [](const PhraseMatch& phrase) {
      return std::pair(phrase.quality * phrase.titles,
                       -static_cast<double>(phrase.title));
    });
    for (const PhraseMatch& phrase : matches.phrases) {
      TitlePlacement placement;
      matcher.Place(phrase.title, &placement);
      AddPhrase(Shown(PhraseSpans(typed, placement, phrase, reading->words,
                                  *reading->shard),
                      reading->is_retyped),
                reading->language->code,
                WeightOf(*reading) * phrase.quality * phrase.titles *
                    kPhraseUsefulness);
    }
  }

  // Of titles that complete the input alike those come first whose articles
  // are clicked more than their places explain, and are called helpful.
  void WeighUse(const Reading& reading,
                std::vector<TitleMatch>* matches) const {
    if (context_.priors == nullptr) return;
    const TitleIndex& titles = *reading.shard->titles;
    for (TitleMatch& match : *matches) {
      match.score *=
          1 + kUseWeight * context_.priors->Of(titles.hit_id(match.title),
                                               reading.language->code);
    }
  }

  void AddWords(const LanguageInput& language, const TypedText& typed,
                const std::vector<WordRanges>& last, bool is_retyped) {
    const double weight = language.weight * (is_retyped ? kRetypedWeight : 1.0);
    for (const WordCompletion& word :
         CompleteWord(typed, last, language.code, query_.audience,
                      limit_ + kSpare, context_)) {
      AddPhrase(
          Shown(WordSpans(typed, word.display, word.as_typed), is_retyped),
          language.code,
          weight * word.quality * static_cast<double>(word.usefulness));
    }
  }

  // On another layout nothing of it is what was typed.
  static std::vector<Span> Shown(std::vector<Span> spans, bool is_retyped) {
    if (!is_retyped) return spans;
    return {{TextOf(spans), true}};
  }

  void AddPhrase(std::vector<Span> spans, const std::string& language,
                 double weight) {
    std::string key = KeyOf(TextOf(spans));
    if (key == typed_key_) return;
    const auto [known, is_new] = phrase_of_.try_emplace(key, phrases_.size());
    if (is_new) {
      phrases_.push_back({std::move(spans), language, std::move(key), weight});
    } else if (phrases_[known->second].weight < weight) {
      phrases_[known->second].weight = weight;
    }
  }

  template <typename Match, typename RankOf>
  void KeepBest(std::vector<Match>* matches, RankOf rank_of) const {
    const size_t count = std::min(matches->size(), limit_ + kSpare);
    std::partial_sort(matches->begin(),
                      matches->begin() + static_cast<std::ptrdiff_t>(count),
                      matches->end(), [&](const Match& a, const Match& b) {
                        return rank_of(a) > rank_of(b);
                      });
    matches->resize(count);
  }

  bool IsHidden(std::string_view hit_id) const {
    return context_.rules != nullptr && context_.rules->curations != nullptr &&
           context_.rules->curations->table.HidesSomewhere(hit_id);
  }

  // Whether the title's article was changed or deleted since the shard was
  // written: titles are not taken out of a shard, its documents are.
  bool IsStale(const TitleDraft& draft) const {
    if (context_.corpus.snapshot().changes == nullptr) return false;
    const std::string& language = draft.reading->language->code;
    const TitleIndex& titles = *draft.reading->shard->titles;
    const Xapian::Database* database =
        context_.corpus.Find(language, query_.audience);
    if (database == nullptr) return true;
    const absl::StatusOr<Article> article = ReadStoredArticle(
        *database, std::string(titles.hit_id(draft.title)), language);
    return !article.ok() || article->title != titles.text(draft.title);
  }

  // Whether the audience finds nothing by one of the phrase's words any more.
  bool IsStale(const PhraseDraft& draft) const {
    if (context_.corpus.snapshot().changes == nullptr) return false;
    const Xapian::Database* database =
        context_.corpus.Find(draft.language, query_.audience);
    if (database == nullptr) return true;
    const std::string_view prefix = kFields[kAll].exact_prefix;
    for (const analyzers::Token& token :
         context_.analyzers.Of(draft.language).Analyze(TextOf(draft.spans))) {
      if (token.role == analyzers::TokenRole::kWhole &&
          !database->term_exists(TextTerm(prefix, token.exact))) {
        return true;
      }
    }
    return false;
  }

  // The titles to show, best first, at most limit_: each text and each article
  // once.
  std::vector<TitleDraft> DistinctTitles() {
    std::stable_sort(titles_.begin(), titles_.end(),
                     [](const TitleDraft& a, const TitleDraft& b) {
                       return a.score > b.score;
                     });
    std::vector<TitleDraft> distinct;
    absl::flat_hash_map<std::string, size_t> article_at;
    absl::flat_hash_set<std::string> texts;
    for (const TitleDraft& draft : titles_) {
      const TitleIndex& titles = *draft.reading->shard->titles;
      const std::string id(titles.hit_id(draft.title));
      if (IsHidden(id)) continue;
      // Nothing says that the entries of an FAQ page agree between languages.
      const std::string article =
          PageId(id) == id ? id : id + "\n" + draft.reading->language->code;
      const auto known = article_at.find(article);
      if (known != article_at.end()) {
        TitleDraft& shown = distinct[known->second];
        if (draft.reading->language->is_locale &&
            !shown.reading->language->is_locale && !IsStale(draft)) {
          shown = draft;
          texts.insert(KeyOf(titles.text(draft.title)));
        }
        continue;
      }
      // The article of a title that is not shown need not be read.
      if (distinct.size() >= limit_ || IsStale(draft)) continue;
      if (!texts.insert(KeyOf(titles.text(draft.title))).second) continue;
      article_at.emplace(article, distinct.size());
      distinct.push_back(draft);
    }
    return distinct;
  }

  Completion Show(const TitleDraft& draft) const {
    const Reading& reading = *draft.reading;
    const TitleIndex& titles = *reading.shard->titles;
    TitlePlacement placement;
    TitleMatcher(reading.words, *reading.shard).Place(draft.title, &placement);
    return {std::string(titles.text(draft.title)),
            Shown(TitleSpans(reading.typed, placement, draft.title, titles),
                  reading.is_retyped),
            reading.language->code, std::string(titles.hit_id(draft.title))};
  }

  std::vector<Completion> Compose() {
    const std::vector<TitleDraft> titles = DistinctTitles();
    std::stable_sort(phrases_.begin(), phrases_.end(),
                     [](const PhraseDraft& a, const PhraseDraft& b) {
                       return a.weight > b.weight;
                     });
    std::vector<Completion> shown;
    std::set<std::string> keys;
    for (const TitleDraft& title : titles) {
      keys.insert(KeyOf(title.reading->shard->titles->text(title.title)));
    }
    auto phrase = phrases_.begin();
    const auto add_phrases = [&](size_t most) {
      for (; phrase != phrases_.end() && most > 0 && shown.size() < limit_;
           ++phrase) {
        // A title says the same and leads to its article.
        if (!keys.insert(phrase->key).second || IsStale(*phrase)) continue;
        shown.push_back(
            {TextOf(phrase->spans), phrase->spans, phrase->language, ""});
        --most;
      }
    };
    add_phrases(titles.size() < limit_ ? kPhrasesBeforeFew
                                       : kPhrasesBeforeMany);
    for (const TitleDraft& title : titles) {
      if (shown.size() >= limit_) break;
      shown.push_back(Show(title));
    }
    add_phrases(limit_);
    return shown;
  }

  const AutocompleteQuery& query_;
  SearchContext& context_;
  const size_t limit_;
  std::string typed_key_;
  std::vector<LanguageInput> languages_;
  bool has_locale_ = false;       // one of them is the user's
  std::deque<Reading> readings_;  // drafts point to them
  std::vector<TitleDraft> titles_;
  size_t exact_titles_ = 0;
  std::vector<PhraseDraft> phrases_;
  absl::flat_hash_map<std::string, size_t> phrase_of_;  // by key
};

}  // namespace

absl::StatusOr<std::vector<Completion>> Complete(const AutocompleteQuery& query,
                                                 SearchContext& context) {
  return Completer(query, context).Run();
}

}  // namespace kbsearch::engine
