#include "engine/query/alternatives_query.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

using Xapian::Query;

// The forms of a word in a field: its lemmas, or the word itself if it has none
// (a code).
Query WordInField(const QueryWord& word, const Field& field) {
  const bool is_code = word.lemmas.empty();
  const std::string_view prefix = is_code && !field.exact_prefix.empty()
                                      ? field.exact_prefix
                                      : field.lemma_prefix;
  std::vector<Query> forms;
  for (const std::string& form : is_code ? word.exact : word.lemmas) {
    forms.emplace_back(TextTerm(prefix, form));
  }
  if (forms.size() == 1) return forms.front();
  return Query(Query::OP_SYNONYM, forms.begin(), forms.end());
}

Query AllInField(const std::vector<const QueryWord*>& words,
                 const Field& field) {
  std::vector<Query> all;
  for (const QueryWord* word : words) all.push_back(WordInField(*word, field));
  if (all.size() == 1) return all.front();
  return Query(Query::OP_AND, all.begin(), all.end());
}

std::vector<const QueryWord*> Pointers(const std::vector<QueryWord>& words) {
  std::vector<const QueryWord*> pointers;
  for (const QueryWord& word : words) pointers.push_back(&word);
  return pointers;
}

// Alternatives of one stretch of the query.
using Group = std::vector<const AlternativeWords*>;

QueryPart GroupPart(const QueryWords& query, const Group& group) {
  const std::vector<const QueryWord*> typed = query.WordsOf(*group.front());
  std::vector<Query> fields;
  for (const Field& field : kFields) {
    std::vector<Query> meanings = {AllInField(typed, field)};
    for (const AlternativeWords* alternative : group) {
      meanings.push_back(AllInField(Pointers(alternative->words), field));
    }
    fields.emplace_back(
        Query::OP_SCALE_WEIGHT,
        Query(Query::OP_SYNONYM, meanings.begin(), meanings.end()),
        field.lemma_weight * group.front()->weight);
  }
  const auto folded = [](std::string* out, const QueryWord* word) {
    out->append(word->exact.front());
  };
  const auto text = [](std::string* out, const AlternativeWords* alternative) {
    out->append(alternative->text);
  };
  return {absl::StrJoin(typed, " ", folded),
          absl::StrCat("synonym ", absl::StrJoin(group, ", ", text)),
          Query(Query::OP_AND_NOT,
                Query(Query::OP_OR, fields.begin(), fields.end()),
                AllInField(typed, kFields[kAll]))};
}

}  // namespace

std::vector<QueryPart> AlternativeParts(const QueryWords& query) {
  std::map<std::pair<uint32_t, uint32_t>, Group> stretches;
  for (const AlternativeWords& alternative : query.alternatives) {
    stretches[{alternative.position, alternative.span}].push_back(&alternative);
  }
  std::vector<QueryPart> parts;
  for (const auto& [stretch, group] : stretches) {
    // The words typed may have been pruned (long_query.h).
    if (!query.WordsOf(*group.front()).empty()) {
      parts.push_back(GroupPart(query, group));
    }
  }
  return parts;
}

}  // namespace kbsearch::engine
