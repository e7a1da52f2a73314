// Shows operators their rules and what a search made of them.
#ifndef KBSEARCH_CLI_RENDER_RULES_H_
#define KBSEARCH_CLI_RENDER_RULES_H_

#include <string>

#include "cli/environment.h"
#include "kbsearch/v1/admin_service.pb.h"

namespace kbsearch::cli {

// As in render.h: text for a terminal or a file, ended by a newline.
std::string RenderCurations(const kbsearch::v1::ListCurationsResponse& response,
                            const TextStyle& style);
std::string RenderExplanation(const kbsearch::v1::ExplainResponse& response,
                              const TextStyle& style);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_RENDER_RULES_H_
