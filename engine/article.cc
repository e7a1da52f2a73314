#include "engine/article.h"

#include <array>
#include <cstddef>

namespace kbsearch::engine {
namespace {

constexpr std::array<std::string_view, 5> kKindNames = {
    "article", "faq", "procedure", "canned_response", "forum_thread"};
constexpr std::array<std::string_view, 2> kAudienceNames = {"public", "agent"};

template <typename Enum, size_t N>
bool ParseName(const std::array<std::string_view, N>& names,
               std::string_view name, Enum* value) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) {
      *value = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

}  // namespace

std::string_view KindName(ArticleKind kind) {
  return kKindNames.at(static_cast<size_t>(kind));
}

bool ParseKind(std::string_view name, ArticleKind* kind) {
  return ParseName(kKindNames, name, kind);
}

std::string_view AudienceName(Audience audience) {
  return kAudienceNames.at(static_cast<size_t>(audience));
}

bool ParseAudience(std::string_view name, Audience* audience) {
  return ParseName(kAudienceNames, name, audience);
}

}  // namespace kbsearch::engine
