#include "engine/operators/curations.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/index/stored_document.h"

namespace kbsearch::engine {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Whether both are the same words, in any order.
bool SameWords(const WordPattern& a, const WordPattern& b) {
  if (a.size() != b.size()) return false;
  std::vector<bool> taken(b.size());
  return std::all_of(a.begin(), a.end(), [&](const PatternWord& word) {
    for (size_t i = 0; i < b.size(); ++i) {
      if (taken[i] || !Meet(word, b[i])) continue;
      taken[i] = true;
      return true;
    }
    return false;
  });
}

void CheckIds(const std::vector<std::string>& ids, const std::string& field,
              size_t limit, std::vector<RuleProblem>* problems) {
  if (ids.size() > limit) {
    problems->push_back({field, absl::StrCat("are ", ids.size(), "; at most ",
                                             limit, " a query")});
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < ids.size(); ++i) {
    const std::string place = absl::StrCat(field, "[", i, "]");
    if (ids[i].empty()) {
      problems->push_back({place, "is empty; write an article's id"});
    } else if (!seen.insert(ids[i]).second) {
      problems->push_back(
          {place,
           absl::StrCat("\"", ids[i], "\" is there twice; keep it once")});
    }
  }
}

void CheckShape(const Curation& curation, const std::string& field,
                std::vector<RuleProblem>* problems) {
  if (curation.pinned.empty() && curation.hidden.empty()) {
    problems->push_back(
        {field, "pins and hides nothing; name articles or leave it out"});
  }
  CheckIds(curation.pinned, field + ".pinned_article_ids", kMaxPinned,
           problems);
  CheckIds(curation.hidden, field + ".hidden_article_ids", kMaxHidden,
           problems);
  for (const std::string& id : curation.pinned) {
    if (!Contains(curation.hidden, id)) continue;
    problems->push_back(
        {field, absl::StrCat("pins and hides \"", id, "\"; decide for one")});
  }
}

}  // namespace

CurationTable::CurationTable(const std::vector<Curation>& curations,
                             const analyzers::Registry& registry,
                             std::vector<RuleProblem>* problems)
    : curations_(curations) {
  if (curations.size() > kMaxCurations) {
    problems->push_back(
        {"curations",
         absl::StrCat("are ", curations.size(), "; at most ", kMaxCurations)});
    return;
  }
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers;
  for (const analyzers::LanguageInfo& language : registry.languages()) {
    const std::string code(language.code);
    analyzers[code] = registry.NewAnalyzer(code);
  }
  for (uint32_t i = 0; i < curations_.size(); ++i) {
    const std::string field = absl::StrCat("curations[", i, "]");
    CheckShape(curations_[i], field, problems);
    hidden_.insert(curations_[i].hidden.begin(), curations_[i].hidden.end());
    if (const std::string& code = curations_[i].language; !code.empty()) {
      if (analyzers.count(code) == 0) {
        problems->push_back(
            {field + ".language_code",
             absl::StrCat("\"", code,
                          "\" is not a language that kbsearch knows; leave it "
                          "out for any language")});
      } else {
        AddPatterns(i, field, code, *analyzers[code], problems);
      }
      continue;
    }
    const size_t problems_before = problems->size();
    for (const auto& [code, analyzer] : analyzers) {
      AddPatterns(i, field, code, *analyzer, problems);
      // What is wrong is wrong in every language; once is enough.
      if (problems->size() > problems_before) break;
    }
  }
}

void CurationTable::AddPatterns(uint32_t index, const std::string& field,
                                const std::string& language,
                                analyzers::Analyzer& analyzer,
                                std::vector<RuleProblem>* problems) {
  const bool any_language = curations_[index].language.empty();
  const QueryWords words =
      AnalyzePhrase(curations_[index].query, kMaxCurationQueryBytes,
                    field + ".query", analyzer, problems);
  if (words.words.empty()) return;
  for (const uint32_t other : Matching(words, any_language)) {
    problems->push_back(
        {field + ".query", absl::StrCat("\"", curations_[index].query,
                                        "\" is the same query as "
                                        "curations[",
                                        other, "]; put them together")});
    return;
  }
  for (WordPattern& reading : Readings(words)) {
    for (const std::string& key : reading.front().keys) {
      by_word_[language + key].push_back(
          static_cast<uint32_t>(patterns_.size()));
    }
    patterns_.push_back({language, any_language, std::move(reading), index});
  }
}

std::vector<uint32_t> CurationTable::Matching(const QueryWords& query,
                                              bool any_language) const {
  std::set<uint32_t> found;
  for (const WordPattern& reading : Readings(query)) {
    for (const PatternWord& word : reading) {
      for (const std::string& key : word.keys) {
        const auto patterns = by_word_.find(query.language + key);
        if (patterns == by_word_.end()) continue;
        for (const uint32_t index : patterns->second) {
          const Pattern& pattern = patterns_[index];
          if (pattern.any_language == any_language &&
              SameWords(pattern.words, reading)) {
            found.insert(pattern.curation);
          }
        }
      }
    }
  }
  return std::vector<uint32_t>(found.begin(), found.end());
}

void CurationTable::Find(const QueryWords& query, CurationMatch* match) const {
  if (empty()) return;
  for (const bool any_language : {false, true}) {
    for (const uint32_t index : Matching(query, any_language)) {
      const Curation& curation = curations_[index];
      if (!Contains(match->queries, curation.query)) {
        match->queries.push_back(curation.query);
      }
      for (const std::string& id : curation.hidden) {
        if (!Contains(match->hidden, id)) match->hidden.push_back(id);
      }
      for (const std::string& id : curation.pinned) {
        if (!Contains(match->pinned, id)) match->pinned.push_back(id);
      }
    }
  }
  std::erase_if(match->pinned, [&](const std::string& id) {
    return Contains(match->hidden, id);
  });
}

bool CurationTable::HidesSomewhere(std::string_view hit_id) const {
  return !hidden_.empty() && (hidden_.contains(std::string(hit_id)) ||
                              hidden_.contains(std::string(PageId(hit_id))));
}

}  // namespace kbsearch::engine
