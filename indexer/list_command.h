// kbsearch-indexer list.
#ifndef KBSEARCH_INDEXER_LIST_COMMAND_H_
#define KBSEARCH_INDEXER_LIST_COMMAND_H_

#include <ostream>
#include <vector>

#include "engine/search.h"
#include "indexer/command_line.h"

namespace kbsearch::indexer {

// Returns the exit status. Writes to stdout and stderr.
int RunList(const Settings& settings);

void WriteCorpora(const std::vector<engine::CorpusInfo>& corpora,
                  std::ostream& out);
void WriteCorporaJson(const std::vector<engine::CorpusInfo>& corpora,
                      std::ostream& out);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_LIST_COMMAND_H_
