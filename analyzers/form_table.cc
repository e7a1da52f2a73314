#include "analyzers/form_table.h"

namespace kbsearch::analyzers {

absl::StatusOr<FormTable> ReadFormTable(const ResourceFolder& folder,
                                        std::string_view name) {
  const auto lines = folder.ReadTable(name);
  if (!lines.ok()) return lines.status();
  FormTable table;
  for (const std::vector<std::string>& line : *lines) {
    std::vector<std::string>& lemmas = table[line[0]];
    lemmas.insert(lemmas.end(), line.begin() + 1, line.end());
  }
  return table;
}

}  // namespace kbsearch::analyzers
