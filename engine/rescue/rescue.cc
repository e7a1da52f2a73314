#include "engine/rescue/rescue.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "analyzers/characters.h"
#include "engine/operators/apply_rules.h"
#include "engine/rescue/language_plan.h"

namespace kbsearch::engine {
namespace {

// Longer queries are texts: they find enough without.
constexpr size_t kMaxChunks = 40;
constexpr size_t kMaxLost = 8;
// Nobody means a word by more.
constexpr uint32_t kMaxChunkBytes = 160;
// A language of less is not asked whether it knows a word.
constexpr double kPlausible = 0.1;
// A correction in one language must be about as likely as in the others.
constexpr double kWorseLanguage = 1.0;
// A slip in the letters at hand that is believed beside other letters.
constexpr double kSurerThanLetters = 0.6;
// Letters that layout or transliteration must explain for a language to join.
constexpr size_t kMinLettersToJoin = 4;
constexpr double kJoiningProbability = 0.9;
constexpr double kJoiningWeight = 0.95;

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// A language in play, or one that may join.
struct Side {
  LanguagePlan plan;
  double probability = 0;
};

class Ladder {
 public:
  Ladder(std::string_view text, const SearchQuery& query,
         SearchContext& context, std::vector<LanguageLookup>* lookups)
      : text_(text),
        query_(query),
        context_(context),
        rules_(context.registry().spelling()),
        lookups_(*lookups),
        chunks_(DivideAtBlanks(text)) {}

  void Run(SearchResult* result) {
    if (chunks_.empty() || chunks_.size() > kMaxChunks) return;
    if (std::any_of(chunks_.begin(), chunks_.end(), [](const Chunk& chunk) {
          return chunk.end - chunk.begin > kMaxChunkBytes;
        })) {
      return;
    }
    for (const LanguageLookup& lookup : lookups_) {
      sides_.push_back(
          {Plan(lookup.language.language), lookup.language.probability});
      AcceptSynonyms(lookup.words, &sides_.back().plan);
    }
    if (std::any_of(sides_.begin(), sides_.end(),
                    [](const Side& side) { return side.plan.IsOnlyCodes(); })) {
      result->language.clear();
      result->language_confidence = 0;
    }
    FindLost();
    if (lost_count_ > 0) {
      for (Side& side : sides_) MendAll(&side);
      if (!AreSmallSlips()) LetLanguagesJoin(result);
      ChooseCorrections();
    }
    for (size_t i = 0; i < sides_.size(); ++i) Apply(sides_[i].plan, i);
    if (lost_count_ > 0) Tell(result);
  }

 private:
  LanguagePlan Plan(const std::string& language) {
    return LanguagePlan(text_, chunks_,
                        LanguageWords(language, query_.audience, context_));
  }

  // What operators have put a word to is no slip.
  void AcceptSynonyms(const QueryWords& query, LanguagePlan* plan) {
    if (query.alternatives.empty()) return;
    analyzers::Analyzer& analyzer = context_.analyzers.Of(plan->language());
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!plan->Lacks(i)) continue;
      const QueryWords chunk = AnalyzeQuery(
          text_.substr(chunks_[i].begin, chunks_[i].end - chunks_[i].begin),
          analyzer);
      const bool all = std::all_of(chunk.words.begin(), chunk.words.end(),
                                   [&](const QueryWord& word) {
                                     return query.HasAlternative(word.exact);
                                   });
      if (all && !chunk.words.empty()) plan->AcceptSynonym(i);
    }
  }

  // A chunk is lost when no likely language has all its words.
  void FindLost() {
    const bool any = std::any_of(
        sides_.begin(), sides_.end(),
        [](const Side& side) { return side.probability >= kPlausible; });
    lost_.assign(chunks_.size(), false);
    for (size_t i = 0; i < chunks_.size() && lost_count_ < kMaxLost; ++i) {
      lost_[i] = std::all_of(sides_.begin(), sides_.end(), [&](const Side& s) {
        return (any && s.probability < kPlausible) || s.plan.Lacks(i);
      });
      if (sides_.empty()) lost_[i] = true;
      lost_count_ += lost_[i] ? 1 : 0;
    }
  }

  void MendAll(Side* side) {
    side->plan.JoinLost(lost_);
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (lost_[i] && side->plan.Lacks(i)) side->plan.Mend(i, rules_);
    }
  }

  // Whether languages in play explain all that is lost by small misspellings.
  bool AreSmallSlips() const {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (lost_[i] &&
          std::none_of(sides_.begin(), sides_.end(), [&](const Side& side) {
            return side.plan.IsMended(i, kSurerThanLetters);
          })) {
        return false;
      }
    }
    return true;
  }

  // Languages that the query did not seem to be in, but whose letters or words
  // explain all that is lost.
  void LetLanguagesJoin(SearchResult* result) {
    const size_t in_play = sides_.size();
    for (const std::string& language :
         context_.corpus.Languages(query_.audience)) {
      if (!query_.languages.empty() && !Contains(query_.languages, language)) {
        continue;
      }
      if (std::any_of(sides_.begin(), sides_.end(), [&](const Side& side) {
            return side.plan.language() == language;
          })) {
        continue;
      }
      Side side{Plan(language), kJoiningProbability};
      if (!Explains(&side.plan)) continue;
      sides_.push_back(std::move(side));
      lookups_.push_back(
          {{language, kJoiningProbability, kJoiningWeight}, {}, {}});
      lookups_.back().words.language = language;
      joined_in_ = true;
    }
    const auto joined = sides_.begin() + static_cast<ptrdiff_t>(in_play);
    const bool others_do =
        std::any_of(sides_.begin(), joined,
                    [&](const Side& side) { return MendsAll(side.plan); });
    // "Ma carte a été opposée" is no Greek for "carte" and "opposée" alone.
    const auto told = std::find_if(joined, sides_.end(), [&](const Side& side) {
      return ExplainsAll(side.plan);
    });
    if (!others_do && told != sides_.end()) {
      result->language = told->plan.language();
      result->language_confidence = kJoiningProbability;
    }
  }

  // Whether the whole query may be in the language.
  bool ExplainsAll(const LanguagePlan& plan) const {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (plan.Lacks(i) && !plan.IsMended(i)) return false;
    }
    return true;
  }

  bool MendsAll(const LanguagePlan& plan) const {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (lost_[i] && plan.Lacks(i) && !plan.IsMended(i)) return false;
    }
    return true;
  }

  bool Explains(LanguagePlan* plan) const {
    size_t letters = 0;
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!lost_[i]) continue;
      if (plan->Lacks(i)) plan->MendLetters(i, rules_);
      if (plan->Lacks(i) && !plan->IsMended(i)) return false;
      letters +=
          analyzers::ToUtf32(
              text_.substr(chunks_[i].begin, chunks_[i].end - chunks_[i].begin))
              .size();
    }
    if (letters < kMinLettersToJoin) return false;
    // Then the words between are in these letters too.
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (!lost_[i] && plan->Lacks(i)) plan->MendLetters(i, rules_);
    }
    return true;
  }

  // Of several languages' corrections of a word, those about as likely as the
  // best; none where other letters explain it better.
  void ChooseCorrections() {
    const auto likelihood = [](const Side& side, const Fix& fix) {
      return fix.score + std::log10(std::max(side.probability, 0.01));
    };
    for (Side& side : sides_) {
      for (Fix& fix : side.plan.fixes()) {
        if (fix.kind != FixKind::kSpelling || !fix.is_applied) continue;
        if (joined_in_ && fix.cost > kSurerThanLetters) fix.is_applied = false;
        for (const Side& other : sides_) {
          for (const Fix& rival : other.plan.fixes()) {
            if (rival.kind == FixKind::kSpelling && rival.begin < fix.end &&
                rival.end > fix.begin && rival.is_applied &&
                likelihood(other, rival) >
                    likelihood(side, fix) + kWorseLanguage) {
              fix.is_applied = false;
            }
          }
        }
      }
    }
  }

  void Apply(LanguagePlan& plan, size_t lookup) {
    QueryWords& words = lookups_[lookup].words;
    analyzers::Analyzer& analyzer = context_.analyzers.Of(plan.language());
    const bool is_fixed =
        std::any_of(plan.fixes().begin(), plan.fixes().end(),
                    [](const Fix& fix) { return fix.is_applied; });
    if (is_fixed || words.words.empty()) {
      words = AnalyzeQuery(plan.FixedText(), analyzer);
      AddSynonyms(context_, &words);
    }
    for (const Fix& fix : plan.fixes()) {
      if (fix.is_applied) AddAlternatives(fix, analyzer, &words);
    }
    for (JoinedWord& code : plan.FindCodesOfFixedText()) {
      words.joined.push_back(std::move(code));
    }
    if (is_fixed) return;  // positions have changed
    for (JoinedWord& joined : plan.FindJoined()) {
      words.joined.push_back(std::move(joined));
    }
  }

  // Lets the alternatives of a fix stand for the word that it became.
  static void AddAlternatives(const Fix& fix, analyzers::Analyzer& analyzer,
                              QueryWords* words) {
    if (fix.alternatives.empty()) return;
    const QueryWords main = AnalyzeQuery(fix.to, analyzer);
    if (main.words.size() != 1) return;
    for (QueryWord& word : words->words) {
      if (word.exact != main.words.front().exact) continue;
      for (const std::string& alternative : fix.alternatives) {
        for (const QueryWord& other :
             AnalyzeQuery(alternative, analyzer).words) {
          AddMissing(other.exact, &word.exact);
          AddMissing(other.lemmas, &word.lemmas);
        }
      }
    }
  }

  static void AddMissing(const std::vector<std::string>& from,
                         std::vector<std::string>* to) {
    for (const std::string& value : from) {
      if (!Contains(*to, value)) to->push_back(value);
    }
  }

  void Tell(SearchResult* result) const {
    for (const Side& side : sides_) {
      for (const Fix& fix : side.plan.fixes()) {
        Rewrite rewrite{
            std::string(StageName(fix.kind)),
            std::string(text_.substr(fix.begin, fix.end - fix.begin)), fix.to,
            fix.is_applied};
        const bool is_told = std::any_of(
            result->rewrites.begin(), result->rewrites.end(),
            [&](const Rewrite& told) {
              return told.from == rewrite.from && told.to == rewrite.to;
            });
        if (!is_told) result->rewrites.push_back(std::move(rewrite));
      }
    }
    TellDropped(result);
  }

  // What stayed lost is searched without, if anything else is left.
  void TellDropped(SearchResult* result) const {
    std::string kept;
    bool dropped = false;
    for (size_t i = 0; i < chunks_.size(); ++i) {
      const bool stays_lost =
          lost_[i] &&
          std::all_of(sides_.begin(), sides_.end(), [&](const Side& side) {
            return side.plan.Lacks(i) && !side.plan.IsMended(i);
          });
      if (stays_lost) {
        dropped = true;
      } else {
        absl::StrAppend(
            &kept, kept.empty() ? "" : " ",
            std::string(text_.substr(chunks_[i].begin,
                                     chunks_[i].end - chunks_[i].begin)));
      }
    }
    if (!dropped || kept.empty()) return;
    result->rewrites.push_back(
        {"relaxation", std::string(text_), std::move(kept), true});
  }

  const std::string_view text_;
  const SearchQuery& query_;
  SearchContext& context_;
  const analyzers::SpellingRules& rules_;
  std::vector<LanguageLookup>& lookups_;
  const std::vector<Chunk> chunks_;
  std::vector<Side> sides_;  // of lookups_, in their order
  std::vector<bool> lost_;   // by chunk
  size_t lost_count_ = 0;
  bool joined_in_ = false;
};

}  // namespace

void RescueQuery(std::string_view text, const SearchQuery& query,
                 SearchContext& context, std::vector<LanguageLookup>* lookups,
                 SearchResult* result) {
  if (query.verbatim) return;
  Ladder(text, query, context, lookups).Run(result);
}

}  // namespace kbsearch::engine
