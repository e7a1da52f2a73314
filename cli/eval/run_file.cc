#include "cli/eval/run_file.h"

#include <cmath>
#include <limits>

#include "absl/strings/str_format.h"

namespace kbsearch::cli {
namespace {

// UTF-8 of white space that scorers written for Unicode split at.
constexpr std::string_view kUnicodeSpaces[] = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
    "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

size_t SpaceLength(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first <= ' ' || first == 0x7F || first == '%') return 1;
  for (const std::string_view space : kUnicodeSpaces) {
    if (text.substr(0, space.size()) == space) return space.size();
  }
  return 0;
}

}  // namespace

std::string EncodeField(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const size_t encoded = SpaceLength(text);
    if (encoded == 0) result.push_back(text[0]);
    for (size_t i = 0; i < encoded; ++i) {
      absl::StrAppendFormat(&result, "%%%02X",
                            static_cast<unsigned char>(text[i]));
    }
    text.remove_prefix(encoded == 0 ? 1 : encoded);
  }
  return result;
}

void WriteRun(const std::string& query_id,
              const std::vector<RankedDocument>& ranking,
              const std::string& tag, std::ostream& out) {
  float above = std::numeric_limits<float>::infinity();
  for (size_t i = 0; i < ranking.size(); ++i) {
    auto score = static_cast<float>(ranking[i].score);
    if (!(score < above)) {
      score = std::nextafter(above, -std::numeric_limits<float>::infinity());
    }
    above = score;
    out << absl::StrFormat("%s Q0 %s %d %.9g %s\n", EncodeField(query_id),
                           EncodeField(ranking[i].document), i + 1, score,
                           EncodeField(tag));
  }
}

void WriteQrels(const JudgedQuery& query, std::ostream& out) {
  for (const std::string& document : query.relevant) {
    out << EncodeField(query.id) << " 0 " << EncodeField(document) << " 1\n";
  }
}

}  // namespace kbsearch::cli
