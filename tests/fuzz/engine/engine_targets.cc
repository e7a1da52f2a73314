// The engine: what people and operators write, records of the index, and (in
// file_targets.cc, search_targets.cc) files and searches.
#include "tests/fuzz/engine/engine_targets.h"

#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "engine/index/facet_record.h"
#include "engine/index/stored_document.h"
#include "engine/operators/curations.h"
#include "engine/operators/rule_files.h"
#include "engine/operators/synonyms.h"
#include "engine/query/query_syntax.h"
#include "engine/query/query_words.h"
#include "engine/search/page_token.h"
#include "engine/suggestion/mail_text.h"
#include "engine/suggestion/ticket_text.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

using Bytes = std::string_view;

void FuzzQuerySyntax(Bytes text) {
  const engine::ParsedQuery parsed = engine::ParseQuery(
      text, [](std::string_view word) { return word.size() == 2; });
  if (parsed.clauses.empty()) {
    Require(parsed.words == text, "a query without clauses is as typed");
    return;
  }
  bool wants = false;
  for (const engine::QueryClause& clause : parsed.clauses) {
    Require(!clause.text.empty(), "a clause has a text");
    Require(IsValidUtf8(clause.text), "clauses are UTF-8");
    Require(clause.is_phrase || clause.in_title || clause.is_excluded,
            "a clause is of some kind");
    wants = wants || !clause.is_excluded;
  }
  Require(IsValidUtf8(parsed.words), "words are UTF-8");
  Require(wants || !parsed.words.empty(), "something is asked for");
}

void FuzzPageToken(Bytes text) {
  engine::SearchQuery query;
  query.corpus = "kb";
  query.text = "router";
  query.page_token = text;
  const auto token = engine::DecodePageToken(query);
  if (!token.ok()) return;
  Require(token->offset <= engine::kMaxOffset, "an offset is served");
  query.page_token = engine::EncodePageToken(*token, query);
  const auto again = engine::DecodePageToken(query);
  Require(text.empty() || (again.ok() && again->offset == token->offset &&
                           again->generation == token->generation),
          "a token says the same again");
}

void FuzzMail(Bytes text) {
  for (const engine::MailLine& line : engine::WrittenLines(text)) {
    Require(text.find(line.text) != Bytes::npos, "lines are the mail's");
    size_t end = 0;
    for (const engine::FoldedWord& word : line.words) {
      Require(word.begin >= end && word.end > word.begin, "words are in order");
      end = word.end;
    }
    Require(end <= line.text.size(), "words lie inside the line");
  }
  const size_t border = std::min(text.find('\n'), text.size());
  for (const engine::TicketSentence& sentence :
       engine::ReadTicket(text.substr(0, border), text.substr(border))) {
    Require(!sentence.text.empty(), "a sentence has a text");
    Require(sentence.text.find('\n') == std::string::npos,
            "sentences have no line breaks");
    Require(!IsValidUtf8(text) || IsValidUtf8(sentence.text),
            "sentences are cut at characters");
  }
}

void FuzzStoredDocument(Bytes bytes) {
  (void)engine::DecodeFacetRecord(bytes);
  (void)engine::PageId(bytes);
  const auto document = engine::DecodeStoredDocument(bytes);
  if (!document.ok()) return;
  const std::string record = engine::EncodeStoredDocument(*document);
  for (const std::string& written : {record, engine::CompressRecord(record)}) {
    const auto again = engine::DecodeStoredDocument(written);
    Require(again.ok() && engine::EncodeStoredDocument(*again) == record,
            "a document says the same again");
  }
  (void)engine::DecodeFacetRecord(engine::EncodeFacetRecord(document->article));
}

void FuzzSynonyms(Bytes json) {
  const auto synonyms = engine::ParseSynonyms(json);
  if (!synonyms.ok()) return;
  const std::string written = engine::FormatSynonyms(*synonyms);
  const auto again = engine::ParseSynonyms(written);
  Require(again.ok() && engine::FormatSynonyms(*again) == written,
          "synonyms say the same again");
  static auto* const analyzer = SharedRegistry()->NewAnalyzer("nl").release();
  std::vector<engine::RuleProblem> problems;
  const engine::SynonymTable table(*synonyms, *analyzer, &problems);
  if (!problems.empty()) return;
  for (const engine::Synonym& synonym : *synonyms) {
    engine::QueryWords words =
        engine::AnalyzeQuery(synonym.from.front() + " en meer", *analyzer);
    table.Expand(&words);
    Require(words.alternatives.size() <= engine::kMaxAlternatives,
            "a query is widened in bounds");
  }
}

void FuzzCurations(Bytes json) {
  const auto curations = engine::ParseCurations(json);
  if (!curations.ok()) return;
  const std::string written = engine::FormatCurations(*curations);
  const auto again = engine::ParseCurations(written);
  Require(again.ok() && engine::FormatCurations(*again) == written,
          "curations say the same again");
  std::vector<engine::RuleProblem> problems;
  const engine::CurationTable table(*curations, *SharedRegistry(), &problems);
  if (!problems.empty()) return;
  static auto* const analyzer = SharedRegistry()->NewAnalyzer("nl").release();
  for (const engine::Curation& curation : *curations) {
    engine::CurationMatch match;
    table.Find(engine::AnalyzeQuery(curation.query, *analyzer), &match);
  }
}

}  // namespace

std::shared_ptr<const analyzers::Registry> SharedRegistry() {
  static const auto* const registry = [] {
    auto loaded = analyzers::Registry::Load();
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::exit(2);
    }
    return new std::shared_ptr<const analyzers::Registry>(*std::move(loaded));
  }();
  return *registry;
}

const std::vector<Target>& AllTargets() {
  static const auto* const targets = [] {
    auto* all = new std::vector<Target>{{"query_syntax", FuzzQuerySyntax},
                                        {"page_token", FuzzPageToken},
                                        {"mail", FuzzMail},
                                        {"stored_document", FuzzStoredDocument},
                                        {"synonyms", FuzzSynonyms},
                                        {"curations", FuzzCurations}};
    for (const auto& more : {FileTargets(), SearchTargets()}) {
      all->insert(all->end(), more.begin(), more.end());
    }
    return all;
  }();
  return *targets;
}

std::span<const std::string> TargetNames() {
  static const auto* const names = [] {
    auto* all = new std::vector<std::string>();
    for (const Target& target : AllTargets()) all->push_back(target.name);
    return all;
  }();
  return *names;
}

void RunTarget(std::string_view name, std::string_view bytes) {
  for (const Target& target : AllTargets()) {
    if (target.name == name) target.run(bytes);
  }
}

}  // namespace kbsearch::fuzz
