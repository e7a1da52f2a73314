#include "engine/search/search_trace.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace kbsearch::engine {
namespace {

// "κωδικουσ = κωδικοσ"; parts of a compound in brackets.
std::string WordText(const QueryWord& word) {
  std::string text = absl::StrJoin(word.exact, "/");
  if (!word.lemmas.empty()) {
    absl::StrAppend(&text, " = ", absl::StrJoin(word.lemmas, "/"));
  }
  std::vector<std::string> parts;
  for (const std::vector<std::string>& part : word.parts) {
    parts.push_back(absl::StrJoin(part, "/"));
  }
  if (!parts.empty()) {
    absl::StrAppend(&text, " (", absl::StrJoin(parts, " + "), ")");
  }
  return text;
}

void TraceLanguages(const std::vector<analyzers::LanguageGuess>& guesses,
                    SearchTrace* trace) {
  if (guesses.empty()) {
    trace->Add("language", "none: the query has no letters");
    return;
  }
  trace->Add("language",
             absl::StrJoin(guesses, ", ", [](std::string* out, const auto& it) {
               absl::StrAppendFormat(out, "%s %.2f", it.language,
                                     it.probability);
             }));
}

void TraceWords(const LanguageLookup& lookup, SearchTrace* trace) {
  std::vector<std::string> words;
  for (const QueryWord& word : lookup.words.words) {
    words.push_back(WordText(word));
  }
  for (const JoinedWord& word : lookup.words.joined) {
    words.push_back(absl::StrCat("as one word ", word.exact.front()));
  }
  trace->Add("words", absl::StrFormat(
                          "%s, weight %.2f: %s", lookup.language.language,
                          lookup.language.weight,
                          words.empty() ? "none" : absl::StrJoin(words, ", ")));
}

void TraceSynonyms(const QueryWords& words, SearchTrace* trace) {
  for (const AlternativeWords& alternative : words.alternatives) {
    const std::string typed =
        absl::StrJoin(words.WordsOf(alternative), " ",
                      [](std::string* out, const QueryWord* word) {
                        out->append(word->exact.front());
                      });
    trace->Add(
        "synonyms",
        absl::StrCat(words.language, ": ", typed, " → ", alternative.text,
                     " (counts ", alternative.weight, " of the words typed)"));
  }
}

}  // namespace

void TraceReading(const std::vector<analyzers::LanguageGuess>& guesses,
                  const std::vector<LanguageLookup>& lookups,
                  SearchTrace* trace) {
  TraceLanguages(guesses, trace);
  for (const LanguageLookup& lookup : lookups) TraceWords(lookup, trace);
  for (const LanguageLookup& lookup : lookups) {
    TraceSynonyms(lookup.words, trace);
  }
}

void TraceRewrites(const std::vector<Rewrite>& rewrites,
                   const std::vector<LanguageLookup>& lookups,
                   SearchTrace* trace) {
  bool any_applied = false;
  for (const Rewrite& rewrite : rewrites) {
    any_applied = any_applied || rewrite.applied;
    trace->Add(
        "rewrites",
        absl::StrCat(rewrite.stage, ": “", rewrite.from, "” → “", rewrite.to,
                     "”", rewrite.applied ? "" : " (offered only)"));
  }
  if (!any_applied) return;
  trace->Add("words", "after the rewrites:");
  for (const LanguageLookup& lookup : lookups) TraceWords(lookup, trace);
  for (const LanguageLookup& lookup : lookups) {
    TraceSynonyms(lookup.words, trace);
  }
}

void TraceCuration(const CurationMatch& match, SearchTrace* trace) {
  trace->curation = match;
  if (match.queries.empty()) return;
  std::string detail =
      absl::StrCat("“", absl::StrJoin(match.queries, "”, “"), "”");
  if (!match.pinned.empty()) {
    absl::StrAppend(&detail, ", pins ", absl::StrJoin(match.pinned, ", "));
  }
  if (!match.hidden.empty()) {
    absl::StrAppend(&detail, ", hides ", absl::StrJoin(match.hidden, ", "));
  }
  trace->Add("curations", detail);
}

void TraceRanking(const std::vector<LanguageLookup>& lookups,
                  const Candidates& found, size_t page_begin,
                  SearchTrace* trace) {
  trace->lookups = lookups;
  trace->ranking = found.best;
  trace->page_begin = page_begin;
  trace->Add("candidates", absl::StrCat(found.best.size(), " ranked of about ",
                                        found.total_size));
}

}  // namespace kbsearch::engine
