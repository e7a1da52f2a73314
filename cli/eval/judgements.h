// Judged queries: what was asked, in which language, and which articles answer.
#ifndef KBSEARCH_CLI_EVAL_JUDGEMENTS_H_
#define KBSEARCH_CLI_EVAL_JUDGEMENTS_H_

#include <istream>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::cli {

struct JudgedQuery {
  std::string id;
  std::string language;
  std::string text;
  // Documents "<language>:<article id>"; not empty.
  std::set<std::string> relevant;
};

struct BadLine {
  int line = 0;
  std::string reason;
};

struct Judgements {
  std::vector<JudgedQuery> queries;
  std::vector<BadLine> bad_lines;
};

// Reads {"id","lang","text","relevant":[…]} lines; other fields are ignored,
// empty lines too. A right article is named "path" or "el:path" (the query's
// own language only): both are document "el:path".
Judgements ReadJudgements(std::istream& lines);

// Reads {"id","lang","related":[…]} lines, id being that of an article: queries
// "<lang>:<id>" whose text is the id and whose right answers are the related.
Judgements ReadRelatedJudgements(std::istream& lines);

// A line as a JSON object. Empty, else what is wrong; `form` is what a line
// should look like.
std::string ParseObject(const std::string& line, const char* form,
                        nlohmann::json* record);

// Reads a string field of a JSON object. Empty when it is a string with text in
// it, else what is wrong.
std::string ReadStringField(const nlohmann::json& record, const char* field,
                            std::string* value);

// The documents "<language>:<id>" of a list field. Empty, else what is wrong.
std::string ReadDocuments(const nlohmann::json& record, const char* field,
                          const std::string& language,
                          std::set<std::string>* documents);

// The document that a hit counts as. An entry "<id>#<n>" of an FAQ page counts
// as its page when the page itself is judged right or the query's judgements
// name no entries; otherwise as itself.
//   judged {"el:faq-pay"},   hit "faq-pay#2", el → "el:faq-pay"
//   judged {"el:faq-pay#1"}, hit "faq-pay#2", el → "el:faq-pay#2"
std::string DocumentOfHit(const JudgedQuery& query,
                          const std::string& article_id,
                          const std::string& language);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_JUDGEMENTS_H_
