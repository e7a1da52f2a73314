// The names of the settings in the programs' files.
//
// KBSEARCH_CONFIG names the file of kbsearch-server, and a server hands its
// environment to the kbsearch-indexer that it starts: both read the same file,
// and each passes over what is the other's. A name of neither is a mistake that
// both tell.
#ifndef KBSEARCH_BASE_SETTING_NAMES_H_
#define KBSEARCH_BASE_SETTING_NAMES_H_

#include <algorithm>
#include <span>
#include <string_view>

namespace kbsearch {

// Those of server/settings.cc.
inline constexpr std::string_view kServerSettingNames[] = {
    "data",           "listen",
    "http",           "tokens",
    "anonymous-role", "cors-origins",
    "ticket-webhook", "workers",
    "queue",          "suggest-min-confidence",
    "indexer",        "keep",
    "merge-after",    "events",
    "events-key",     "events-flush-ms",
    "events-days",    "events-text",
    "events-callers", "rank-by-use",
    "log-level",      "config"};

// Those of indexer/command_line.cc, of all commands.
inline constexpr std::string_view kIndexerSettingNames[] = {
    "background", "changes-only", "columns",
    "corpus",     "data",         "dry-run",
    "force",      "format",       "from",
    "generation", "jobs",         "json",
    "keep",       "language",     "max-ndcg-fall",
    "max-slower", "output",       "prune",
    "reanalyze",  "report",       "source",
    "to"};

inline bool IsNamed(std::string_view name,
                    std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_SETTING_NAMES_H_
