#include "cli/render.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

constexpr char kKindPrefix[] = "ARTICLE_KIND_";
constexpr int kIndent = 4;
constexpr int kMaxFacetLines = 20;
constexpr int64_t kMaxBarWidth = 20;  // columns

// "el · faq · agents only · Account › Security"
template <typename Described>  // Hit or Article
std::string Facts(const Described& described) {
  std::vector<std::string> facts = {described.language_code()};
  if (const std::string kind = KindText(described.kind()); !kind.empty()) {
    facts.push_back(kind);
  }
  if (described.audience() == v1::AUDIENCE_AGENT) {
    facts.push_back("agents only");
  }
  if (!described.category().empty()) {
    facts.push_back(absl::StrJoin(described.category(), " › "));
  }
  return absl::StrJoin(facts, " · ");
}

// Paragraphs of an answer, each from a line of its own.
std::string Paragraphs(const std::string& text, int indent,
                       const TextStyle& style) {
  std::string out;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    out += Layout({std::string(line), Emphasis::kPlain}, indent, style);
  }
  return out;
}

std::string RenderInterpretation(const v1::SearchResponse& response,
                                 const TextStyle& style) {
  std::string out;
  for (const v1::Rewrite& rewrite : response.interpretation().rewrites()) {
    const std::string text =
        rewrite.applied()
            ? absl::StrCat("Searched for “", rewrite.to(), "” instead of “",
                           rewrite.from(), "” (", rewrite.stage(), ").")
            : absl::StrCat("Did you mean “", rewrite.to(), "”?");
    out += Layout({text, Emphasis::kLabel}, 0, style);
  }
  std::string summary;
  if (!response.hits().empty()) {
    summary =
        absl::StrCat("About ", response.total_size(),
                     response.total_size() == 1 ? " article" : " articles");
  }
  if (!response.interpretation().language_code().empty()) {
    absl::StrAppendFormat(&summary, "%s in %s (%.0f %%)",
                          summary.empty() ? "Query" : ", query",
                          response.interpretation().language_code(),
                          100 * response.interpretation().confidence());
  }
  return out + Layout({summary, Emphasis::kFaint}, 0, style);
}

// A name and, of each value, a count and a bar:
//
//   kind
//     article  12  ████████████
//     faq       3  ███
std::string RenderFacet(const v1::Facet& facet, const TextStyle& style) {
  const int shown = std::min(facet.values_size(), kMaxFacetLines);
  int name_width = 0;
  size_t count_width = 0;
  int64_t most = 1;
  for (int i = 0; i < shown; ++i) {
    const v1::Facet::Value& value = facet.values(i);
    name_width = std::max(name_width, DisplayWidth(Printable(value.value())));
    count_width = std::max(count_width, absl::StrCat(value.count()).size());
    most = std::max(most, value.count());
  }
  std::string out =
      Layout({absl::StrCat(facet.name(), facet.exact() ? "" : " (at least)"),
              Emphasis::kLabel},
             0, style);
  for (int i = 0; i < shown; ++i) {
    const v1::Facet::Value& value = facet.values(i);
    const std::string name = Printable(value.value());
    absl::StrAppend(&out, "  ", name,
                    std::string(name_width - DisplayWidth(name), ' '), "  ",
                    absl::StrFormat("%*d", count_width, value.count()), "  ");
    const int64_t bar =
        std::max<int64_t>(1, value.count() * kMaxBarWidth / most);
    for (int64_t n = 0; n < bar; ++n) out += "█";
    out += "\n";
  }
  if (shown < facet.values_size()) {
    absl::StrAppend(&out, "  … ", facet.values_size() - shown, " more\n");
  }
  return out;
}

std::string RenderBlock(const v1::Block& block, const TextStyle& style) {
  switch (block.kind()) {
    case v1::Block::KIND_HEADING:
      return "\n" + Layout({block.text(), Emphasis::kTitle}, 0, style);
    case v1::Block::KIND_LIST_ITEM:
      return Layout({absl::StrCat("• ", block.text()), Emphasis::kPlain}, 2,
                    style);
    case v1::Block::KIND_CODE: {
      std::string out;
      for (const absl::string_view line : absl::StrSplit(block.text(), '\n')) {
        absl::StrAppend(&out, "    ", Printable({line.data(), line.size()}),
                        "\n");
      }
      return out;
    }
    default:
      return Paragraphs(block.text(), 0, style);
  }
}

// Columns of texts, padded to display width.
std::string Table(const std::vector<std::vector<std::string>>& rows,
                  const TextStyle& style) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  std::string out;
  for (size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (size_t i = 0; i < rows[r].size(); ++i) {
      const int padding = widths[i] - DisplayWidth(rows[r][i]) + 2;
      absl::StrAppend(&line, rows[r][i], std::string(padding, ' '));
    }
    absl::StripTrailingAsciiWhitespace(&line);
    const bool is_head = r == 0 && style.colour;
    absl::StrAppend(&out, is_head ? "\x1b[1m" : "", line,
                    is_head ? "\x1b[0m" : "", "\n");
  }
  return out;
}

}  // namespace

std::string RenderHit(int number, const v1::Hit& hit, const TextStyle& style) {
  const std::string shown_title =
      hit.title().empty() ? hit.article_id() : hit.title();
  std::vector<StyledText> heading = {
      {absl::StrFormat("%2d. ", number), Emphasis::kFaint},
      {shown_title, Emphasis::kTitle},
      {absl::StrCat("  [", Facts(hit), "]"), Emphasis::kLabel}};
  std::string out = Layout(heading, 0, style, kIndent);
  out += Layout({hit.url(), Emphasis::kLink}, kIndent, style);
  std::vector<StyledText> snippet;
  for (const v1::TextSpan& span : hit.snippet()) {
    snippet.push_back({span.text(), span.highlighted() ? Emphasis::kHighlight
                                                       : Emphasis::kPlain});
  }
  out += Layout(snippet, kIndent, style);
  if (!hit.answer().empty()) {
    out += Layout({"Answer:", Emphasis::kLabel}, kIndent, style);
    out += Paragraphs(hit.answer(), kIndent, style);
  }
  std::string last = hit.article_id();
  if (hit.available_languages_size() > 1) {
    absl::StrAppend(&last, " · in ",
                    absl::StrJoin(hit.available_languages(), " "));
  }
  if (hit.pinned()) last += " · pinned";
  if (hit.near_duplicate()) last += " · near duplicate";
  if (!hit.matched_by().empty()) {
    absl::StrAppend(&last, " · by ", absl::StrJoin(hit.matched_by(), " "));
  }
  return out + Layout({last, Emphasis::kFaint}, kIndent, style);
}

std::string RenderSearch(const v1::SearchResponse& response,
                         const TextStyle& style) {
  std::string out = RenderInterpretation(response, style);
  if (response.hits().empty()) out += "No articles found.\n";
  for (int i = 0; i < response.hits_size(); ++i) {
    absl::StrAppend(&out, "\n", RenderHit(i + 1, response.hits(i), style));
  }
  for (const v1::Facet& facet : response.facets()) {
    out += "\n" + RenderFacet(facet, style);
  }
  if (!response.next_page_token().empty()) {
    absl::StrAppend(&out, "\nNext page: the same with --page-token ",
                    Printable(response.next_page_token()), "\n");
  }
  return out;
}

std::string RenderArticle(const v1::Article& article, const TextStyle& style) {
  std::string out = Layout({article.title(), Emphasis::kTitle}, 0, style);
  out += Layout({Facts(article), Emphasis::kLabel}, 0, style);
  out += Layout({article.url(), Emphasis::kLink}, 0, style);
  if (article.has_updated_at()) {
    absl::StrAppend(
        &out, "updated ",
        google::protobuf::util::TimeUtil::ToString(article.updated_at()), "\n");
  }
  if (!article.tags().empty()) {
    out += Layout({absl::StrCat("tags: ", absl::StrJoin(article.tags(), ", ")),
                   Emphasis::kFaint},
                  0, style);
  }
  for (const v1::ArticleTranslation& translation : article.translations()) {
    out += Layout({absl::StrCat("also in ", translation.language_code(), ": ",
                                translation.title()),
                   Emphasis::kFaint},
                  0, style);
  }
  out += "\n";
  for (const v1::Block& block : article.blocks()) {
    out += RenderBlock(block, style);
  }
  for (const v1::FaqEntry& entry : article.entries()) {
    absl::StrAppend(&out, "\n",
                    Layout({entry.question(), Emphasis::kTitle}, 0, style),
                    Paragraphs(entry.answer(), 0, style));
  }
  return out;
}

std::string RenderOtherLanguage(const std::string& wished,
                                const std::string& shown,
                                const TextStyle& style) {
  // "pt-BR" is served by "pt".
  const auto primary = [](const std::string& code) {
    return absl::AsciiStrToLower(code.substr(0, code.find_first_of("-_")));
  };
  if (wished.empty() || shown.empty() || primary(wished) == primary(shown)) {
    return {};
  }
  return Layout({absl::StrCat("There is no version in ", wished,
                              "; this is the one in ", shown, "."),
                 Emphasis::kFaint},
                0, style);
}

std::string RenderCompletions(const v1::AutocompleteResponse& response,
                              const TextStyle& style) {
  std::string out;
  for (const v1::Completion& completion : response.completions()) {
    std::vector<StyledText> pieces;
    for (const v1::TextSpan& span : completion.spans()) {
      pieces.push_back({span.text(), span.highlighted() ? Emphasis::kTitle
                                                        : Emphasis::kPlain});
    }
    if (pieces.empty()) pieces.push_back({completion.text(), {}});
    out += Layout(pieces, 0, style);
  }
  for (int i = 0; i < response.hits_size(); ++i) {
    absl::StrAppend(&out, "\n", RenderHit(i + 1, response.hits(i), style));
  }
  return out;
}

namespace {

// What is not in the table, a line each; nothing where there is nothing to say.
std::string CorpusState(const v1::Corpus& corpus) {
  using google::protobuf::util::TimeUtil;
  std::string out;
  const std::string name = Printable(corpus.name());
  if (corpus.applied_changes() > 0 || corpus.pending_changes() > 0) {
    absl::StrAppend(&out, name, ": ", corpus.applied_changes(),
                    " changes since it was built, ", corpus.pending_changes(),
                    " not searchable yet\n");
  }
  if (!corpus.earlier_generations().empty()) {
    absl::StrAppend(&out, name, ": can go back to generation ",
                    absl::StrJoin(corpus.earlier_generations(), ", "), "\n");
  }
  if (corpus.has_last_reindex()) {
    const v1::Reindex& last = corpus.last_reindex();
    absl::StrAppend(
        &out, name, ": reindex ", last.reindex_id(), " ",
        absl::AsciiStrToLower(
            v1::Reindex::State_Name(last.state()).substr(strlen("STATE_"))),
        last.has_finished_at() ? " " + TimeUtil::ToString(last.finished_at())
                               : " " + last.phase(),
        last.error().empty() ? "" : ": " + Printable(last.error()), "\n");
  }
  if (!corpus.problem().empty()) {
    absl::StrAppend(&out, name, ": PROBLEM: ", Printable(corpus.problem()),
                    "\n");
  }
  if (!corpus.has_last_reindex()) {
    absl::StrAppend(&out, name, ": not reindexed yet\n");
  }
  return out;
}

// "2026-11-28T04:22:54Z, 3 h ago".
std::string AgeText(const google::protobuf::Timestamp& time, int64_t now) {
  const std::string text = google::protobuf::util::TimeUtil::ToString(time);
  const int64_t minutes = std::max<int64_t>(0, now - time.seconds()) / 60;
  if (minutes < 120) return absl::StrCat(text, ", ", minutes, " min ago");
  if (minutes < 48 * 60)
    return absl::StrCat(text, ", ", minutes / 60, " h ago");
  return absl::StrCat(text, ", ", minutes / (24 * 60), " days ago");
}

}  // namespace

std::string RenderCorpora(const v1::ListCorporaResponse& response, int64_t now,
                          const TextStyle& style) {
  if (response.corpora().empty()) {
    return "No corpora. Build one with: kbsearch-indexer build\n";
  }
  std::vector<std::vector<std::string>> rows = {
      {"corpus", "generation", "built", "MB", "pending", "health", "language",
       "articles", "public", "FAQ entries"}};
  for (const v1::Corpus& corpus : response.corpora()) {
    std::vector<std::string> row = {
        Printable(corpus.name()),
        absl::StrCat(corpus.generation()),
        corpus.has_built_at() ? AgeText(corpus.built_at(), now) : "-",
        absl::StrFormat("%.1f", corpus.size_bytes() / 1e6),
        absl::StrCat(corpus.pending_changes()),
        corpus.problem().empty() ? "ok" : "PROBLEM"};
    const size_t own_columns = row.size();
    for (const v1::CorpusLanguage& language : corpus.languages()) {
      row.insert(row.end(),
                 {language.language_code(), absl::StrCat(language.articles()),
                  absl::StrCat(language.public_articles()),
                  absl::StrCat(language.faq_entries())});
      rows.push_back(row);
      row.assign(own_columns, "");
    }
    if (corpus.languages().empty()) rows.push_back(row);
  }
  std::string out = Table(rows, style);
  for (const v1::Corpus& corpus : response.corpora()) {
    out += CorpusState(corpus);
  }
  return out;
}

// Languages that a text is hardly in are not worth a reader's look.
constexpr double kShownProbability = 0.01;
constexpr int kStepNameWidth = 8;

std::string RenderAnalysis(const v1::AnalyzeTextResponse& response,
                           const TextStyle& style) {
  std::string out = absl::StrCat("language: ", response.language_code());
  for (const v1::LanguageGuess& guess : response.guesses()) {
    if (guess.probability() < kShownProbability) continue;
    absl::StrAppendFormat(&out, "  %s %.2f", guess.language_code(),
                          guess.probability());
  }
  out += "\n";
  // The steps of the chain under each other, then what came of it.
  for (const v1::AnalysisStep& step : response.steps()) {
    absl::StrAppendFormat(&out, "%-*s  %s\n", kStepNameWidth, step.name(),
                          Printable(step.output()));
  }
  if (!response.steps().empty()) out += "\n";
  std::vector<std::vector<std::string>> rows = {
      {"position", "bytes", "surface", "role", "exact", "lemmas", "marks"}};
  for (const v1::AnalyzedToken& token : response.tokens()) {
    std::vector<std::string> marks;
    if (token.is_protected()) marks.push_back("protected");
    if (token.is_stop()) marks.push_back("stop");
    rows.push_back({absl::StrCat(token.position()),
                    absl::StrCat(token.begin(), "-", token.end()),
                    Printable(token.surface()), token.role(),
                    Printable(token.exact()),
                    Printable(absl::StrJoin(token.lemmas(), " ")),
                    absl::StrJoin(marks, " ")});
  }
  return out + Table(rows, style);
}

std::string KindText(v1::ArticleKind kind) {
  if (kind == v1::ARTICLE_KIND_UNSPECIFIED || !v1::ArticleKind_IsValid(kind)) {
    return "";
  }
  return absl::AsciiStrToLower(
      v1::ArticleKind_Name(kind).substr(sizeof(kKindPrefix) - 1));
}

bool ParseKindText(const std::string& text, v1::ArticleKind* kind) {
  const std::string name = kKindPrefix + absl::AsciiStrToUpper(text);
  return v1::ArticleKind_Parse(name, kind) &&
         *kind != v1::ARTICLE_KIND_UNSPECIFIED;
}

}  // namespace kbsearch::cli
