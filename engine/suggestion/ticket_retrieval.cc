#include "engine/suggestion/ticket_retrieval.h"

#include <string>
#include <string_view>

#include "engine/deadline.h"
#include "engine/index/schema.h"
#include "engine/query/alternatives_query.h"
#include "engine/query/query_builder.h"

namespace kbsearch::engine {
namespace {

using Xapian::Query;

// BM25, as for questions (retrieval.cc).
constexpr double kK1 = 1.2;
constexpr double kB = 0.65;
constexpr double kMinNormalisedLength = 0.5;

// Exact forms are left to the closer look: they cost a third of the time.
Query WordQuery(const QueryWord& word, double boost) {
  std::vector<Query> fields;
  for (const Field& field : kFields) {
    std::vector<Query> forms;
    for (const std::string& lemma : word.lemmas) {
      forms.emplace_back(TextTerm(field.lemma_prefix, lemma));
    }
    if (forms.empty()) {
      for (const std::string& exact : word.exact) {
        forms.emplace_back(TextTerm(field.exact_prefix, exact));
      }
    }
    const Query any = forms.size() == 1 ? forms.front()
                                        : Query(Query::OP_SYNONYM,
                                                forms.begin(), forms.end());
    fields.emplace_back(Query::OP_SCALE_WEIGHT, any,
                        boost * field.lemma_weight);
  }
  return Query(Query::OP_OR, fields.begin(), fields.end());
}

// All parts of a compound, as in query_builder.cc.
Query PartsQuery(const QueryWord& word, double boost) {
  constexpr double kPartsWeight = 0.6;
  std::vector<Query> all;
  for (const std::vector<std::string>& part : word.parts) {
    std::vector<Query> forms;
    for (const std::string& text : part) {
      forms.emplace_back(TextTerm(kFields[kAll].lemma_prefix, text));
    }
    all.emplace_back(Query::OP_SYNONYM, forms.begin(), forms.end());
  }
  return Query(Query::OP_SCALE_WEIGHT,
               Query(Query::OP_AND, all.begin(), all.end()),
               boost * kPartsWeight);
}

Query TicketWordsQuery(const TicketQuery& ticket) {
  std::vector<Query> words;
  const QueryWords& lookup = ticket.lookup.words;
  for (size_t i = 0; i < lookup.words.size(); ++i) {
    words.push_back(WordQuery(lookup.words[i], ticket.boosts[i]));
    if (!lookup.words[i].parts.empty()) {
      words.push_back(PartsQuery(lookup.words[i], ticket.boosts[i]));
    }
  }
  for (QueryPart& part : AlternativeParts(lookup)) {
    words.push_back(std::move(part.query));
  }
  return Query(Query::OP_OR, words.begin(), words.end());
}

}  // namespace

std::vector<Candidate> FindTicketCandidates(
    const TicketQuery& ticket, size_t language, const SearchFilter& filter,
    Audience audience, Deadline deadline, SearchContext& context) {
  Xapian::Enquire enquire(
      *context.corpus.Find(ticket.lookup.language.language, audience));
  enquire.set_query(ApplyFilter(TicketWordsQuery(ticket), filter));
  enquire.set_weighting_scheme(
      Xapian::BM25Weight(kK1, 0, 1, kB, kMinNormalisedLength));
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  LimitTime(deadline, enquire);
  const Xapian::MSet matches = enquire.get_mset(0, kTicketCandidates);
  std::vector<Candidate> candidates;
  candidates.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    candidates.push_back({{}, {}, *match, language, match.get_weight()});
  }
  return candidates;
}

}  // namespace kbsearch::engine
