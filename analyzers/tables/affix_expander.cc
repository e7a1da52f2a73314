#include "analyzers/tables/affix_expander.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "analyzers/characters.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

std::vector<std::string> Fields(absl::string_view line) {
  return absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
}

std::string_view View(const std::string& text) { return text; }

}  // namespace

absl::StatusOr<AffixExpander> AffixExpander::Read(const std::string& aff_path,
                                                  const std::string& dic_path) {
  AffixExpander expander;
  if (absl::Status read = expander.ReadAffixes(aff_path); !read.ok()) {
    return read;
  }
  if (absl::Status read = expander.ReadWords(dic_path); !read.ok()) return read;
  return expander;
}

absl::Status AffixExpander::ReadAffixes(const std::string& path) {
  const absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return content.status();
  for (absl::string_view line : absl::StrSplit(*content, '\n')) {
    const std::vector<std::string> fields = Fields(line);
    if (fields.size() < 2) continue;
    if (fields[0] == "SET" && fields[1] != "UTF-8") {
      return absl::DataLossError(
          absl::StrCat(path, ": the encoding ", fields[1],
                       " is not supported; convert the dictionary to UTF-8"));
    }
    if (fields[0] == "FLAG") long_flags_ = fields[1] == "long";
    if (fields[0] == "NEEDAFFIX") needs_affix_ = fields[1];
    if (fields[0] == "FORBIDDENWORD") forbidden_ = fields[1];
    if (fields[0] == "PFX" && fields.size() >= 5 && fields[2] == "0" &&
        fields[4] == "." &&
        fields[3].find_first_of("'/") == std::string::npos) {
      prefixes_[fields[1]].push_back(fields[3]);
    }
    if (fields[0] != "SFX" || fields.size() < 5) continue;  // header: 4 fields
    const std::string add = fields[3].substr(0, fields[3].find('/'));
    Suffix suffix;
    if (fields[2] != "0") suffix.strip = ToUtf32(View(fields[2]));
    if (add != "0") suffix.add = ToUtf32(View(add));
    suffix.condition = ParseCondition(fields[4]);
    suffixes_[fields[1]].push_back(std::move(suffix));
  }
  if (suffixes_.empty()) {
    return absl::DataLossError(absl::StrCat(path, ": no suffix rules in it"));
  }
  return absl::OkStatus();
}

std::vector<AffixExpander::Position> AffixExpander::ParseCondition(
    std::string_view condition) {
  std::vector<Position> positions;
  const std::u32string letters = ToUtf32(condition);
  for (size_t i = 0; i < letters.size(); ++i) {
    Position position;
    if (letters[i] == U'.') {
      position.negated = true;  // none of nothing: anything
    } else if (letters[i] != U'[') {
      position.letters = letters[i];
    } else {
      for (++i; i < letters.size() && letters[i] != U']'; ++i) {
        if (letters[i] == U'^' && position.letters.empty()) {
          position.negated = true;
        } else {
          position.letters.push_back(letters[i]);
        }
      }
    }
    positions.push_back(std::move(position));
  }
  // "." alone asks for nothing, not for a letter.
  if (condition == ".") positions.clear();
  return positions;
}

std::vector<std::string> AffixExpander::SplitFlags(
    std::string_view flags) const {
  std::vector<std::string> split;
  const std::u32string letters = ToUtf32(flags);
  const size_t width = long_flags_ ? 2 : 1;
  for (size_t i = 0; i + width <= letters.size(); i += width) {
    split.push_back(ToUtf8(std::u32string_view(letters).substr(i, width)));
  }
  return split;
}

absl::Status AffixExpander::ReadWords(const std::string& path) {
  const absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return content.status();
  bool is_count = true;  // the first line says how many words follow
  for (absl::string_view line : absl::StrSplit(*content, '\n')) {
    line = line.substr(0, line.find_first_of(" \t\r"));
    if (line.empty() || std::exchange(is_count, false)) continue;
    const size_t slash = line.find('/', 1);
    Entry entry;
    entry.word = std::string(line.substr(0, slash));
    if (slash != absl::string_view::npos) {
      entry.flags = SplitFlags(std::string(line.substr(slash + 1)));
    }
    if (!forbidden_.empty() &&
        std::ranges::find(entry.flags, forbidden_) != entry.flags.end()) {
      continue;
    }
    entries_.push_back(std::move(entry));
  }
  return absl::OkStatus();
}

void AffixExpander::ForEachFormOf(
    const Entry& entry,
    const std::function<void(const std::string&)>& visit) const {
  const std::u32string word = ToUtf32(View(entry.word));
  bool needs_affix = false;
  for (const std::string& flag : entry.flags) {
    needs_affix = needs_affix || flag == needs_affix_;
    const auto rules = suffixes_.find(flag);
    if (rules == suffixes_.end()) continue;
    for (const Suffix& rule : rules->second) {
      if (!word.ends_with(rule.strip) || word.size() < rule.condition.size()) {
        continue;
      }
      const size_t offset = word.size() - rule.condition.size();
      bool accepted = true;
      for (size_t i = 0; i < rule.condition.size() && accepted; ++i) {
        accepted = rule.condition[i].Accepts(word[offset + i]);
      }
      if (!accepted) continue;
      visit(ToUtf8(word.substr(0, word.size() - rule.strip.size()) + rule.add));
    }
  }
  // A word that needs an affix is still the name of its forms' lemma.
  if (!needs_affix) visit(entry.word);
}

void AffixExpander::ForEachForm(
    const std::function<void(const std::string&, const std::string&)>& visit)
    const {
  for (const Entry& entry : entries_) {
    ForEachFormOf(entry,
                  [&](const std::string& form) { visit(form, entry.word); });
  }
}

void AffixExpander::ForEachPrefixedForm(
    const std::function<void(const std::string&)>& visit) const {
  for (const Entry& entry : entries_) {
    for (const std::string& flag : entry.flags) {
      const auto prefixes = prefixes_.find(flag);
      if (prefixes == prefixes_.end()) continue;
      for (const std::string& prefix : prefixes->second) {
        ForEachFormOf(entry,
                      [&](const std::string& form) { visit(prefix + form); });
      }
    }
  }
}

}  // namespace kbsearch::analyzers
