#include "engine/ranking/article_prior.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

constexpr double kFewClicks = 20;
constexpr double kFewRatings = 10;

std::string KeyOf(std::string_view hit_id, std::string_view language) {
  return absl::StrCat(absl::string_view(language.data(), language.size()),
                      absl::string_view("\0", 1),
                      absl::string_view(hit_id.data(), hit_id.size()));
}

}  // namespace

double PriorOf(const ArticleUse& use) {
  const double clicks = (use.clicks - use.expected_clicks) /
                        (use.clicks + use.expected_clicks + kFewClicks);
  const double ratings = (use.helpful - use.not_helpful) /
                         (use.helpful + use.not_helpful + kFewRatings);
  return (clicks + ratings) / 2;
}

ArticlePriors::ArticlePriors(const std::vector<ArticleUse>& uses) {
  priors_.reserve(uses.size());
  for (const ArticleUse& use : uses) {
    priors_[KeyOf(use.hit_id, use.language)] = static_cast<float>(PriorOf(use));
  }
}

double ArticlePriors::Of(std::string_view hit_id,
                         std::string_view language) const {
  const auto found = priors_.find(KeyOf(hit_id, language));
  return found == priors_.end() ? 0 : found->second;
}

void PriorStore::Put(const std::string& corpus,
                     std::shared_ptr<const ArticlePriors> priors) {
  const std::lock_guard lock(mutex_);
  priors_[corpus] = std::move(priors);
}

std::shared_ptr<const ArticlePriors> PriorStore::Find(
    const std::string& corpus) const {
  const std::lock_guard lock(mutex_);
  const auto found = priors_.find(corpus);
  return found == priors_.end() ? nullptr : found->second;
}

}  // namespace kbsearch::engine
