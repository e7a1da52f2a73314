#include "indexer/readers/zendesk_reader.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/json_records.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;

// One language version of an article.
struct Version {
  std::string title;
  std::string body;
  std::string url;
  std::string updated_at;
  bool draft = false;
  std::string file;  // where it was read
};

struct HelpArticle {
  std::string section;
  bool restricted = false;  // only a segment of the users may see it
  std::vector<std::string> labels;
  std::map<std::string, Version> versions;  // by locale
};

// A section or category, which may be in another.
struct Section {
  std::string parent;                        // key of the one it is in
  std::string name;                          // in its source's language
  std::map<std::string, std::string> names;  // by locale
};

// The files of an export refer to one another by ids: everything is kept until
// the last has been read.
class ZendeskReader : public Reader {
 public:
  explicit ZendeskReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    return ForEachJsonRecord(
        file, std::move(bytes),
        {"articles", "translations", "sections", "categories", "user_segments"},
        sink, [&](const json& object, uint64_t line, std::string_view list) {
          Take(file, object, line, list, sink);
          return absl::OkStatus();
        });
  }

  absl::Status Finish(RecordSink& sink) override {
    for (auto& [id, article] : articles_) {
      if (article.versions.empty()) continue;
      for (auto& [locale, version] : article.versions) {
        absl::Status status =
            EmitVersion(id, article, locale, std::move(version), sink);
        if (!status.ok()) return status;
      }
    }
    articles_.clear();
    sections_.clear();
    return absl::OkStatus();
  }

 private:
  void Take(const SourceFile& file, const json& object, uint64_t line,
            std::string_view list, RecordSink& sink) {
    const std::string id = TextOf(object, "id");
    if (list == "translations" || object.contains("source_id")) {
      TakeTranslation(file, object, TextOf(object, "source_type"),
                      TextOf(object, "source_id"));
    } else if (list == "sections") {
      TakeSection(object, "section/" + id);
    } else if (list == "categories") {
      TakeSection(object, "category/" + id);
    } else if (list == "user_segments") {
      // Which people a segment is of does not matter: whoever is not signed in
      // sees only articles without one.
    } else if (list == "articles" || object.contains("body")) {
      TakeArticle(file, object, id, line, sink);
    } else {
      sink.Report({file.path, line, id, Severity::kNotice,
                   "unknown record ignored", "",
                   "an export holds articles, translations, sections, "
                   "categories and user_segments"});
    }
  }

  void TakeArticle(const SourceFile& file, const json& object,
                   const std::string& id, uint64_t line, RecordSink& sink) {
    if (id.empty()) {
      sink.Report({file.path, line, "", Severity::kRejected, "no id",
                   TextOf(object, "title"),
                   "export the articles anew, with their ids"});
      return;
    }
    HelpArticle& article = articles_[id];
    article.section = TextOf(object, "section_id");
    article.labels = ListOf(object, "label_names");
    if (!TextOf(object, "user_segment_id").empty()) article.restricted = true;
    const auto segments = object.find("user_segment_ids");
    if (segments != object.end() && segments->is_array() &&
        !segments->empty()) {
      article.restricted = true;
    }
    const std::string locale = FirstTextOf(object, {"locale", "source_locale"});
    // A translation of its own language may have been read before: it is newer.
    article.versions.try_emplace(locale, VersionOf(file, object));
    const auto translations = object.find("translations");
    if (translations == object.end() || !translations->is_array()) return;
    for (const json& translation : *translations) {
      if (!translation.is_object()) continue;
      TakeTranslation(file, translation, "Article", id);
    }
  }

  void TakeTranslation(const SourceFile& file, const json& object,
                       const std::string& type, const std::string& source) {
    const std::string locale = TextOf(object, "locale");
    if (type == "Section" || type == "Category") {
      const std::string key = type == "Section" ? "section/" : "category/";
      sections_[key + source].names[locale] = TextOf(object, "title");
    } else {
      articles_[source].versions[locale] = VersionOf(file, object);
    }
  }

  void TakeSection(const json& object, const std::string& key) {
    Section& section = sections_[key];
    section.name = FirstTextOf(object, {"name", "title"});
    const std::string parent = TextOf(object, "parent_section_id");
    const std::string category = TextOf(object, "category_id");
    if (!parent.empty()) {
      section.parent = "section/" + parent;
    } else if (!category.empty()) {
      section.parent = "category/" + category;
    }
    const auto translations = object.find("translations");
    if (translations == object.end() || !translations->is_array()) return;
    for (const json& translation : *translations) {
      section.names[TextOf(translation, "locale")] =
          TextOf(translation, "title");
    }
  }

  static Version VersionOf(const SourceFile& file, const json& object) {
    return {TextOf(object, "title"),
            TextOf(object, "body"),
            TextOf(object, "html_url"),
            FirstTextOf(object, {"edited_at", "updated_at"}),
            IsTrue(object, "draft"),
            file.path};
  }

  // From general to special, in the language of the article where it has them.
  std::vector<std::string> CategoryOf(const HelpArticle& article,
                                      const std::string& locale) const {
    constexpr size_t kDeepest = 20;  // sections may name each other as parents
    std::vector<std::string> names;
    std::string key = "section/" + article.section;
    for (auto found = sections_.find(key);
         found != sections_.end() && names.size() < kDeepest;
         found = sections_.find(found->second.parent)) {
      const Section& section = found->second;
      const auto name = section.names.find(locale);
      names.insert(names.begin(),
                   name == section.names.end() ? section.name : name->second);
    }
    std::erase(names, "");
    return names;
  }

  absl::Status EmitVersion(const std::string& id, const HelpArticle& article,
                           const std::string& locale, Version version,
                           RecordSink& sink) {
    SourceFile file;
    file.path = std::move(version.file);
    if (version.draft || version.body.empty()) {
      sink.Report({file.path, 0, id, Severity::kRejected,
                   version.draft ? "draft" : "no body", locale,
                   version.draft ? "publish it to have it found"
                                 : "write its text, or delete it"});
      return absl::OkStatus();
    }
    ArticleFields fields;
    fields.id = id;
    // A language we do not index is named by the check of the fields.
    fields.language = locale;
    fields.title = std::move(version.title);
    fields.body = std::move(version.body);
    fields.body_format = "html";
    fields.url = std::move(version.url);
    fields.updated_at = std::move(version.updated_at);
    fields.audience = article.restricted ? "agent" : "public";
    fields.category = CategoryOf(article, locale);
    fields.tags = article.labels;
    return EmitBody(file, 0, std::move(fields), options_, sink);
  }

  const ReaderOptions options_;
  std::map<std::string, HelpArticle> articles_;
  std::map<std::string, Section> sections_;
};

}  // namespace

std::unique_ptr<Reader> NewZendeskReader(const ReaderOptions& options) {
  return std::make_unique<ZendeskReader>(options);
}

}  // namespace kbsearch::indexer
