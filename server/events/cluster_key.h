// Queries that ask for the same get the same key, so that they are counted
// together even where their texts are not stored.
#ifndef KBSEARCH_SERVER_EVENTS_CLUSTER_KEY_H_
#define KBSEARCH_SERVER_EVENTS_CLUSTER_KEY_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"

namespace kbsearch::server::events {

// The content words of a text in the analysis of its language, function words
// aside (unless there is nothing else), sorted, each once:
//
//   fr "le mot de passe oublié", "Passe MOT oublie" → the lemmas of mot,
//   oublie, passe
//
// (words are folded first, then analysed: accents that are left out change no
// key)
// and of these, with the language, the first 64 bits of a keyed hash
// (HMAC-SHA-256, RFC 2104) in hexadecimal: nobody without the key can tell
// whether a word was asked for. A text without words is taken as it stands,
// trimmed. Not thread-safe.
class ClusterKeyMaker {
 public:
  ClusterKeyMaker(std::shared_ptr<const analyzers::Registry> registry,
                  std::string key)
      : registry_(std::move(registry)), key_(std::move(key)) {}

  // `language`: a code that the registry knows, or empty.
  std::string Make(std::string_view text, const std::string& language);

 private:
  std::string Words(std::string_view text, const std::string& language);

  const std::shared_ptr<const analyzers::Registry> registry_;
  const std::string key_;
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers_;
};

// Reads the key, 64 hexadecimal digits; makes the file (for its owner only)
// when there is none. InvalidArgument: it holds something else.
absl::StatusOr<std::string> LoadOrMakeKey(const std::string& path);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_CLUSTER_KEY_H_
