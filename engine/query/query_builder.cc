#include "engine/query/query_builder.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/index/schema.h"
#include "engine/index/stored_document.h"
#include "engine/query/alternatives_query.h"

namespace kbsearch::engine {
namespace {

using Xapian::Query;

// A word's parts together say less than the word.
constexpr double kPartsWeight = 0.6;

Query AnyOf(const std::vector<Query>& queries) {
  return Query(Query::OP_OR, queries.begin(), queries.end());
}

// One term, or all of them counted as one.
Query SynonymGroup(std::string_view prefix,
                   const std::vector<std::string>& texts) {
  std::vector<Query> terms;
  terms.reserve(texts.size());
  for (const std::string& text : texts) {
    terms.emplace_back(TextTerm(prefix, text));
  }
  if (terms.size() == 1) return terms.front();
  return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
}

// What the texts weigh in each field.
void AddFields(const std::vector<std::string>& exact,
               const std::vector<std::string>& lemmas,
               std::vector<Query>* queries) {
  const auto add = [&](std::string_view prefix,
                       const std::vector<std::string>& texts, double weight) {
    if (texts.empty() || weight == 0) return;
    queries->emplace_back(Query::OP_SCALE_WEIGHT, SynonymGroup(prefix, texts),
                          weight);
  };
  for (const Field& field : kFields) {
    // A word without lemmas (a code) is worth as much as one with both.
    add(field.exact_prefix, exact,
        field.exact_weight + (lemmas.empty() ? field.lemma_weight : 0.0));
    add(field.lemma_prefix, lemmas, field.lemma_weight);
  }
}

// All the parts, each as lemma or as exact word.
Query AllParts(const std::vector<std::vector<std::string>>& parts) {
  std::vector<Query> all;
  for (const std::vector<std::string>& part : parts) {
    std::vector<Query> forms;
    for (const std::string& text : part) {
      forms.emplace_back(TextTerm(kFields[kAll].lemma_prefix, text));
      forms.emplace_back(TextTerm(kFields[kAll].exact_prefix, text));
    }
    all.emplace_back(Query::OP_SYNONYM, forms.begin(), forms.end());
  }
  return Query(Query::OP_SCALE_WEIGHT,
               Query(Query::OP_AND, all.begin(), all.end()), kPartsWeight);
}

Query WordQuery(const QueryWord& word) {
  std::vector<Query> queries;
  AddFields(word.exact, word.lemmas, &queries);
  if (!word.parts.empty()) queries.push_back(AllParts(word.parts));
  return AnyOf(queries);
}

}  // namespace

std::vector<QueryPart> BuildQueryParts(const QueryWords& query) {
  std::vector<QueryPart> parts;
  for (const QueryWord& word : query.words) {
    parts.push_back({word.exact.front(), "word", WordQuery(word),
                     word.is_negation && query.HasMatter()});
  }
  for (const JoinedWord& word : query.joined) {
    std::vector<Query> fields;
    AddFields(word.exact, word.lemmas, &fields);
    parts.push_back({word.exact.front(), "written as one",
                     Query(Query::OP_SCALE_WEIGHT, AnyOf(fields), word.span)});
  }
  for (QueryPart& part : AlternativeParts(query)) {
    parts.push_back(std::move(part));
  }
  return parts;
}

Query BuildQuery(const QueryWords& query) {
  std::vector<Query> parts;
  std::vector<Query> ordering;
  for (QueryPart& part : BuildQueryParts(query)) {
    (part.only_orders ? ordering : parts).push_back(std::move(part.query));
  }
  if (ordering.empty()) return AnyOf(parts);
  return Query(Query::OP_AND_MAYBE, AnyOf(parts), AnyOf(ordering));
}

Query ApplyFilter(const Query& query, const SearchFilter& filter) {
  Query filtered = query;
  const auto require = [&](std::string_view prefix,
                           const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::vector<Query> terms;
    for (const std::string& value : values) {
      terms.emplace_back(BooleanTerm(prefix, value));
    }
    filtered = Query(Query::OP_FILTER, filtered, AnyOf(terms));
  };
  std::vector<std::string> kinds;
  for (const ArticleKind kind : filter.kinds) {
    kinds.emplace_back(KindName(kind));
  }
  require(kKindPrefix, kinds);
  require(kCategoryPrefix, filter.categories);
  require(kTagPrefix, filter.tags);
  if (filter.updated_after) {
    const auto seconds = static_cast<double>(*filter.updated_after);
    filtered = Query(Query::OP_FILTER, filtered,
                     Query(Query::OP_VALUE_GE, kUpdatedAtSlot,
                           Xapian::sortable_serialise(seconds)));
  }
  std::vector<Query> hidden;
  for (const std::string& id : filter.hidden_ids) {
    // An entry's id is in the documents' values only, an article's in a term of
    // all its documents.
    hidden.push_back(PageId(id) == id
                         ? Query(BooleanTerm(kArticlePrefix, id))
                         : Query(Query::OP_VALUE_RANGE, kHitIdSlot, id, id));
  }
  if (!hidden.empty()) {
    filtered = Query(Query::OP_AND_NOT, filtered, AnyOf(hidden));
  }
  return filtered;
}

}  // namespace kbsearch::engine
