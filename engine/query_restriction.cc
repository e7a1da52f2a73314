#include "engine/query_restriction.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/deadline.h"
#include "engine/phrase.h"
#include "engine/schema.h"
#include "engine/stored_document.h"

namespace kbsearch::engine {
namespace {

using Xapian::Query;

Query AnyOf(const std::vector<Query>& queries) {
  return Query(Query::OP_OR, queries.begin(), queries.end());
}

void AddTerms(std::string_view prefix, const std::vector<std::string>& texts,
              std::vector<Query>* terms) {
  for (const std::string& text : texts) {
    terms->emplace_back(TextTerm(prefix, text));
  }
}

// Whether the phrase stands in what a clause looks at.
bool Holds(const StoredDocument& document, const Phrase& phrase, bool in_title,
           analyzers::Analyzer& analyzer) {
  const auto stands_in = [&](const std::string& text) {
    return phrase.StandsIn(text, analyzer);
  };
  const Article& article = document.article;
  // The title of a foreign part is in another language.
  if (document.role != DocumentRole::kForeignPart && stands_in(article.title)) {
    return true;
  }
  if (in_title) return false;
  return std::any_of(
             article.blocks.begin(), article.blocks.end(),
             [&](const Block& block) { return stands_in(block.text); }) ||
         std::any_of(article.tags.begin(), article.tags.end(), stands_in) ||
         std::any_of(article.category.begin(), article.category.end(),
                     stands_in);
}

class RestrictionMaker {
 public:
  RestrictionMaker(const Query& ranking, Deadline deadline,
                   analyzers::Analyzer& analyzer, Xapian::Database& database)
      : ranking_(ranking),
        deadline_(deadline),
        analyzer_(analyzer),
        database_(database) {}

  // The documents that hold what the clause, analysed as `phrase`, names.
  absl::StatusOr<Query> Make(const QueryClause& clause, const Phrase& phrase) {
    const Field& field = kFields[clause.in_title ? kTitle : kAll];
    std::vector<Query> any;
    AddTerms(field.exact_prefix, phrase.joined(), &any);
    if (!clause.is_phrase) {
      AddTerms(field.lemma_prefix, phrase.joined_lemmas(), &any);
      AddTerms(field.lemma_prefix, phrase.lemmas(), &any);
    }
    if (phrase.words().size() == 1) {
      AddTerms(field.exact_prefix, phrase.words().front(), &any);
    } else if (absl::Status status = Verify(phrase, clause.in_title, &any);
               !status.ok()) {
      return status;
    }
    return AnyOf(any);
  }

 private:
  // Adds the documents that hold the words of the phrase in its order.
  absl::Status Verify(const Phrase& phrase, bool in_title,
                      std::vector<Query>* any) {
    const Field& field = kFields[in_title ? kTitle : kAll];
    std::vector<Query> words;
    for (const std::vector<std::string>& forms : phrase.words()) {
      std::vector<Query> terms;
      AddTerms(field.exact_prefix, forms, &terms);
      words.push_back(AnyOf(terms));
    }
    Xapian::Enquire enquire(database_);
    enquire.set_query(Query(Query::OP_FILTER, ranking_,
                            Query(Query::OP_AND, words.begin(), words.end())));
    LimitTime(deadline_, enquire);
    const Xapian::MSet found = enquire.get_mset(0, kMaxVerified);
    for (auto match = found.begin(); match != found.end(); ++match) {
      if (absl::Status status = CheckDeadline(deadline_); !status.ok()) {
        return status;
      }
      absl::StatusOr<StoredDocument> document =
          DecodeStoredDocument(match.get_document().get_data());
      if (!document.ok()) return document.status();
      if (!Holds(*document, phrase, in_title, analyzer_)) continue;
      any->emplace_back(
          DocumentTerm(document->HitId(), document->article.language));
    }
    return absl::OkStatus();
  }

  const Query& ranking_;
  const Deadline deadline_;
  analyzers::Analyzer& analyzer_;
  Xapian::Database& database_;
};

}  // namespace

Query Restriction::ApplyTo(const Query& query) const {
  Query restricted = query;
  for (const Query& each : required) {
    restricted = Query(Query::OP_FILTER, restricted, each);
  }
  if (!excluded.empty()) {
    restricted = Query(Query::OP_AND_NOT, restricted, AnyOf(excluded));
  }
  return restricted;
}

absl::StatusOr<Restriction> MakeRestriction(
    const std::vector<QueryClause>& clauses, const Query& ranking,
    Deadline deadline, analyzers::Analyzer& analyzer,
    Xapian::Database& database) {
  Restriction restriction;
  RestrictionMaker maker(ranking, deadline, analyzer, database);
  for (const QueryClause& clause : clauses) {
    const Phrase phrase(clause.text, analyzer);
    if (phrase.words().empty()) continue;
    absl::StatusOr<Query> holders = maker.Make(clause, phrase);
    if (!holders.ok()) return holders.status();
    (clause.is_excluded ? restriction.excluded : restriction.required)
        .push_back(*std::move(holders));
  }
  return restriction;
}

}  // namespace kbsearch::engine
