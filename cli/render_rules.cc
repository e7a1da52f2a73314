#include "cli/render_rules.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/render.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

constexpr int kIndent = 4;

std::string Padded(const std::string& text, int width) {
  return absl::StrCat(
      text,
      std::string(static_cast<size_t>(std::max(0, width - DisplayWidth(text))),
                  ' '));
}

// "language    el 0.98, en 0.02"; a stage's further lines without its name.
std::string RenderStages(const v1::ExplainResponse& response,
                         const TextStyle& style) {
  int width = 0;
  for (const auto& stage : response.stages()) {
    width = std::max(width, DisplayWidth(stage.name()));
  }
  width += 2;
  std::string out;
  std::string name;
  for (const auto& stage : response.stages()) {
    const std::vector<StyledText> pieces = {
        {Padded(Printable(stage.name() == name ? "" : stage.name()), width),
         Emphasis::kLabel},
        {stage.detail(), Emphasis::kPlain}};
    // Runs of white space are closed up by Layout: the first column is written
    // here.
    const std::string detail =
        Layout(pieces.back(), width, style).substr(static_cast<size_t>(width));
    absl::StrAppend(&out, pieces.front().text, detail);
    name = stage.name();
  }
  return out;
}

using ScoreParts =
    google::protobuf::RepeatedPtrField<v1::ExplainResponse::ScorePart>;

std::string RenderParts(const std::string& title, const ScoreParts& parts,
                        const TextStyle& style) {
  if (parts.empty()) return "";
  int width = 0;
  for (const auto& part : parts) {
    width = std::max(width, DisplayWidth(Printable(part.name())));
  }
  std::string out = Layout({title, Emphasis::kLabel}, kIndent, style);
  for (const auto& part : parts) {
    std::string line = absl::StrFormat(
        "%s%8.3f  %s  %s", std::string(kIndent, ' '), part.value(),
        Padded(Printable(part.name()), width), Printable(part.detail()));
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&out, line, "\n");
  }
  return out;
}

std::string RenderCandidate(const v1::ExplainResponse::Candidate& candidate,
                            const TextStyle& style) {
  const v1::Hit& hit = candidate.hit();
  const std::string rank = candidate.rank() == 0
                               ? "  – "
                               : absl::StrFormat("%3d ", candidate.rank());
  std::vector<std::string> facts;
  for (const std::string& fact : {hit.language_code(), KindText(hit.kind())}) {
    if (!fact.empty()) facts.push_back(fact);
  }
  if (hit.audience() == v1::AUDIENCE_AGENT) facts.push_back("agents only");
  std::vector<StyledText> heading = {
      {rank, Emphasis::kFaint},
      {hit.title().empty() ? hit.article_id() : hit.title(), Emphasis::kTitle}};
  if (!facts.empty()) {
    heading.push_back({absl::StrCat("  [", absl::StrJoin(facts, " · "), "]"),
                       Emphasis::kLabel});
  }
  std::string out = Layout(heading, 0, style, kIndent);
  std::string second = hit.article_id();
  if (candidate.rank() > 0) {
    absl::StrAppendFormat(&second, " · score %.3f", hit.score());
  }
  out += Layout({second, Emphasis::kFaint}, kIndent, style);
  if (!candidate.absent_because().empty()) {
    out += Layout({absl::StrCat("Not shown: ", candidate.absent_because()),
                   Emphasis::kHighlight},
                  kIndent, style);
  }
  return out + RenderParts("words found", candidate.words(), style) +
         RenderParts("score", candidate.parts(), style);
}

}  // namespace

std::string RenderCurations(const v1::ListCurationsResponse& response,
                            const TextStyle& style) {
  if (response.curations().empty()) return "No curations.\n";
  std::string out;
  for (const v1::Curation& curation : response.curations()) {
    const std::string language = curation.language_code().empty()
                                     ? "any language"
                                     : curation.language_code();
    const std::vector<StyledText> heading = {
        {curation.query(), Emphasis::kTitle},
        {absl::StrCat("  [", language, "]"), Emphasis::kLabel}};
    out += Layout(heading, 0, style);
    for (const auto& [label, ids] :
         {std::pair{"pins ", &curation.pinned_article_ids()},
          std::pair{"hides ", &curation.hidden_article_ids()}}) {
      if (ids->empty()) continue;
      out += Layout(
          {absl::StrCat(label, absl::StrJoin(*ids, ", ")), Emphasis::kPlain},
          kIndent, style);
    }
  }
  return out;
}

std::string RenderExplanation(const v1::ExplainResponse& response,
                              const TextStyle& style) {
  std::string out = RenderStages(response, style);
  if (response.candidates().empty()) out += "\nNo articles found.\n";
  for (const auto& candidate : response.candidates()) {
    absl::StrAppend(&out, "\n", RenderCandidate(candidate, style));
  }
  return out;
}

}  // namespace kbsearch::cli
