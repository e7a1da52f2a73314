// Prints the features of the candidates of judged tickets, for fit-suggestions.
//
//   ticket_features DATA CORPUS TICKETS.jsonl [WORDS] >features.tsv
//
// One line a ticket: "T", id, language, judged articles, content words, unknown
// share of the ticket's weight; after it one line a candidate: "C", hit id, 1
// when it is judged right, score of ranking, the features; tab-parted, in
// the order of retrieval. Judged articles that the corpus does not hold are
// left out, so that a corpus without them makes unanswerable tickets of
// answerable ones. WORDS: most words looked up (default: as the server does; 0:
// all).

#include "engine/suggestion/ticket_features.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/index/schema.h"
#include "engine/index/stored_document.h"
#include "engine/search_context.h"
#include "engine/suggestion/ticket_retrieval.h"
#include "tests/relevance/judged_lines.h"

namespace kbsearch::engine {
namespace {

struct JudgedTicket {
  std::string id;
  std::string language;
  std::string subject;
  std::string body;
  std::set<std::string> relevant;
};

JudgedTicket Parse(const std::string& line) {
  const nlohmann::json json = nlohmann::json::parse(line);
  JudgedTicket ticket{json.at("id"),
                      json.at("lang"),
                      json.value("subject", ""),
                      json.value("body", ""),
                      {}};
  for (const auto& id : json.at("relevant")) ticket.relevant.insert(id);
  return ticket;
}

void Print(const JudgedTicket& judged, const SuggestQuery& query,
           size_t max_words, SearchContext& context) {
  const Xapian::Database* database =
      context.corpus.Find(judged.language, query.audience);
  if (database == nullptr) return;
  std::set<std::string> relevant;
  for (const std::string& id : judged.relevant) {
    if (database->term_exists(DocumentTerm(id, judged.language))) {
      relevant.insert(id);
    }
  }
  const auto queries = MakeTicketQueries(ReadTicket(query.subject, query.body),
                                         query, max_words, context);
  if (queries.empty()) {
    std::printf("T\t%s\t%s\t%zu\t0\t1\n", judged.id.c_str(),
                judged.language.c_str(), relevant.size());
    return;
  }
  const TicketQuery& first = queries.front();
  std::printf("T\t%s\t%s\t%zu\t%zu\t%.4g\n", judged.id.c_str(),
              judged.language.c_str(), relevant.size(), first.content_words,
              first.unknown_weight / first.all_weight);
  std::vector<Candidate> found = FindTicketCandidates(
      first, 0, {}, query.audience, query.deadline, context);
  const std::vector<TicketFeatures> features =
      ScoreTicketCandidates(first, query.audience, context, found);
  for (size_t i = 0; i < found.size(); ++i) {
    const std::string& id = found[i].hit_id;
    // A judgement that names pages counts their entries.
    const bool right =
        relevant.count(id) != 0 || relevant.count(std::string(PageId(id))) != 0;
    std::printf("C\t%s\t%d\t%.4g", id.c_str(), right, found[i].score);
    for (const double value : features[i]) std::printf("\t%.4g", value);
    std::printf("\n");
  }
}

int Run(const std::string& data, const std::string& corpus_name,
        const std::string& tickets, size_t max_words) {
  FeatureReranker reranker;
  return ForEachJudgedLine(
      data, corpus_name, tickets, reranker,
      [&](const std::string& line, SearchContext& context) {
        const JudgedTicket judged = Parse(line);
        SuggestQuery query;
        query.corpus = corpus_name;
        query.subject = judged.subject;
        query.body = judged.body;
        query.language = judged.language;
        query.languages = {judged.language};
        Print(judged, query, max_words, context);
      });
}

}  // namespace
}  // namespace kbsearch::engine

int main(int argc, char** argv) {
  if (argc < 4 || argc > 5) {
    std::cerr << "usage: ticket_features DATA CORPUS TICKETS.jsonl [WORDS]\n";
    return 2;
  }
  try {
    return kbsearch::engine::Run(argv[1], argv[2], argv[3],
                                 argc == 5
                                     ? static_cast<size_t>(std::atoi(argv[4]))
                                     : kbsearch::engine::kMaxTicketWords);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
