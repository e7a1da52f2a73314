#include "indexer/readers/forum_reader.h"

#include <algorithm>
#include <utility>

#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/document.h"
#include "indexer/readers/json_records.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;

// What an accepted answer, or one of the company's staff, counts in the index.
constexpr uint8_t kAnswerWeight = 2;

bool IsStaff(const json& post) {
  std::string role = FirstTextOf(post, {"role", "author_role"});
  const auto author = post.find("author");
  if (role.empty() && author != post.end()) role = TextOf(*author, "role");
  for (const char* staff : {"staff", "agent", "admin", "moderator", "employee",
                            "support", "team"}) {
    if (role == staff) return true;
  }
  return false;
}

// The posts of a thread below its question.
const json& RepliesOf(const json& thread) {
  static const json* const none = new json(json::array());
  for (const char* name : {"replies", "answers", "comments", "posts"}) {
    const auto found = thread.find(name);
    if (found != thread.end() && found->is_array()) return *found;
  }
  return *none;
}

bool IsAccepted(const json& thread, const json& post) {
  if (IsTrue(post, "accepted") || IsTrue(post, "is_accepted")) return true;
  const std::string accepted =
      FirstTextOf(thread, {"accepted_answer_id", "accepted_id"});
  return !accepted.empty() && TextOf(post, "id") == accepted;
}

class ForumReader : public Reader {
 public:
  explicit ForumReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    return ForEachJsonRecord(
        file, std::move(bytes), {"threads", "topics"}, sink,
        [&](const json& thread, uint64_t line, std::string_view) {
          return EmitThread(file, thread, line, sink);
        });
  }

 private:
  absl::Status EmitThread(const SourceFile& file, const json& thread,
                          uint64_t line, RecordSink& sink) {
    ArticleFields fields;
    fields.id = TextOf(thread, "id");
    fields.language = FirstTextOf(thread, {"language", "locale"});
    if (fields.language.empty()) {
      fields.language = IdentifyByPlace(file, options_).language;
    }
    fields.title = FirstTextOf(thread, {"title", "subject"});
    fields.url = TextOf(thread, "url");
    fields.kind = "forum_thread";
    fields.audience = TextOf(thread, "audience");
    fields.category = ListOf(thread, "category");
    fields.tags = ListOf(thread, "tags");
    fields.updated_at = LastDate(thread);
    const std::string id = fields.id;
    std::optional<engine::Article> article =
        MakeArticle(std::move(fields), file, line, options_, sink);
    if (!article.has_value()) return absl::OkStatus();
    AppendPosts(thread, &*article);
    if (article->blocks.empty()) {
      sink.Report({file.path, line, id, Severity::kRejected,
                   "thread without text", "",
                   "give it a \"question\" and \"replies\" with a \"body\""});
      return absl::OkStatus();
    }
    return sink.Add({*std::move(article), file.path, line, {}});
  }

  // The question, then the accepted answer, then the rest in their order.
  static void AppendPosts(const json& thread, engine::Article* article) {
    const auto question = thread.find("question");
    const bool is_object = question != thread.end() && question->is_object();
    AppendPost(is_object ? *question : thread, 1, article);
    std::vector<const json*> replies;
    for (const json& reply : RepliesOf(thread)) {
      if (reply.is_object()) replies.push_back(&reply);
    }
    std::stable_partition(
        replies.begin(), replies.end(),
        [&thread](const json* reply) { return IsAccepted(thread, *reply); });
    for (const json* reply : replies) {
      const bool counts = IsStaff(*reply) || IsAccepted(thread, *reply);
      AppendPost(*reply, counts ? kAnswerWeight : 1, article);
    }
  }

  static void AppendPost(const json& post, uint8_t weight,
                         engine::Article* article) {
    const std::string body =
        FirstTextOf(post, {"body", "text", "content", "question"});
    const std::optional<BodyFormat> format =
        ParseBodyFormat(TextOf(post, "body_format"));
    engine::Article part;
    part.title = article->title;
    part.kind = article->kind;
    if (!AppendBody(body, format.value_or(GuessBodyFormat(body)), &part))
      return;
    for (engine::Block& block : part.blocks) {
      block.weight = weight;
      article->blocks.push_back(std::move(block));
    }
  }

  // RFC 3339 dates in UTC sort as text; others are compared so, too, and
  // checked where the article is made.
  static std::string LastDate(const json& thread) {
    std::string last = FirstTextOf(thread, {"updated_at", "created_at"});
    for (const json& reply : RepliesOf(thread)) {
      last = std::max(last, FirstTextOf(reply, {"updated_at", "created_at"}));
    }
    return last;
  }

  const ReaderOptions options_;
};

}  // namespace

std::unique_ptr<Reader> NewForumReader(const ReaderOptions& options) {
  return std::make_unique<ForumReader>(options);
}

}  // namespace kbsearch::indexer
