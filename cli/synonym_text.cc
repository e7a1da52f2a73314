#include "cli/synonym_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kArrow = "=>";

std::string Trimmed(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

std::string Escaped(const std::string& phrase) {
  std::string text;
  for (const char c : phrase) {
    if (c == ',' || c == '\\') text += '\\';
    // A line end inside a phrase would end the entry; it is white space there.
    text += c == '\n' || c == '\r' ? ' ' : c;
  }
  return text;
}

template <class Phrases>
std::string JoinPhrases(const Phrases& phrases) {
  std::string text;
  for (const std::string& phrase : phrases) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Escaped(phrase));
  }
  return text;
}

// Cuts a line into its sides and each side into its phrases; empty phrases
// between commas are left out.
std::vector<std::vector<std::string>> Sides(std::string_view line) {
  std::vector<std::vector<std::string>> sides(1);
  std::string phrase;
  const auto end_phrase = [&] {
    if (std::string trimmed = Trimmed(phrase); !trimmed.empty()) {
      sides.back().push_back(std::move(trimmed));
    }
    phrase.clear();
  };
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      phrase += line[++i];
    } else if (line[i] == ',') {
      end_phrase();
    } else if (line.substr(i, kArrow.size()) == kArrow) {
      end_phrase();
      sides.emplace_back();
      ++i;
    } else {
      phrase += line[i];
    }
  }
  end_phrase();
  return sides;
}

// What is wrong with a line, or nothing.
std::string Problem(const std::vector<std::vector<std::string>>& sides) {
  if (sides.size() > 2) return "has more than one \"=>\"; write two lines";
  if (sides.size() == 2 && (sides[0].empty() || sides[1].empty())) {
    return absl::StrCat("has nothing ", sides[0].empty() ? "before" : "after",
                        " \"=>\"; write a word there or take the line out");
  }
  if (sides.size() == 1 && sides[0].size() < 2) {
    return "names one word only; write \"a, b\" (the same) or \"a => b\" (a "
           "finds b too)";
  }
  return "";
}

}  // namespace

SynonymText ParseSynonymText(std::string_view text) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  SynonymText result;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string line = Trimmed(std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::vector<std::string>> sides = Sides(line);
    if (const std::string problem = Problem(sides); !problem.empty()) {
      result.errors.push_back(absl::StrCat("line ", number, ": ", problem));
      continue;
    }
    kbsearch::v1::Synonym synonym;
    synonym.mutable_from()->Assign(sides[0].begin(), sides[0].end());
    if (sides.size() == 2) {
      synonym.mutable_to()->Assign(sides[1].begin(), sides[1].end());
      synonym.set_one_way(true);
    }
    result.synonyms.push_back(std::move(synonym));
    result.lines.push_back(number);
  }
  return result;
}

std::string FormatSynonymLine(const kbsearch::v1::Synonym& synonym) {
  std::string line = JoinPhrases(synonym.from());
  if (synonym.one_way()) {
    absl::StrAppend(&line, " => ", JoinPhrases(synonym.to()));
  }
  return line + "\n";
}

}  // namespace kbsearch::cli
