// get and complete.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fake_server.h"

namespace kbsearch::cli {
namespace {

using ::testing::HasSubstr;

void AddBlock(v1::Block::Kind kind, const std::string& text,
              v1::Article* article) {
  v1::Block* block = article->add_blocks();
  block->set_kind(kind);
  block->set_text(text);
}

TEST(GetCommandTest, PrintsTheWholeArticle) {
  FakeServer server;
  v1::Article* article = server.article.mutable_article();
  article->set_article_id("remboursement");
  article->set_language_code("fr");
  article->set_title("Être remboursé");
  article->set_kind(v1::ARTICLE_KIND_PROCEDURE);
  article->set_audience(v1::AUDIENCE_AGENT);
  article->add_category("Retours");
  article->add_category("Argent");
  article->mutable_updated_at()->set_seconds(1767225600);
  AddBlock(v1::Block::KIND_HEADING, "Délais", article);
  AddBlock(v1::Block::KIND_PARAGRAPH, "Cinq jours.", article);
  AddBlock(v1::Block::KIND_LIST_ITEM, "Carte", article);
  AddBlock(v1::Block::KIND_LIST_ITEM, "Virement", article);
  AddBlock(v1::Block::KIND_CODE, "a  = 1\nb", article);
  v1::FaqEntry* entry = article->add_entries();
  entry->set_entry_id("remboursement#1");
  entry->set_question("Et après ?");
  entry->set_answer("Rien.\nVraiment.");
  v1::ArticleTranslation* translation = article->add_translations();
  translation->set_language_code("nl");
  translation->set_title("Geld terug");
  const ProgramResult result =
      RunProgram({"get", "--server", server.address(), "--corpus", "shop",
                  "--language", "fr", "remboursement"});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(server.get_request.article_id(), "remboursement");
  EXPECT_EQ(server.get_request.language_code(), "fr");
  EXPECT_EQ(result.out,
            "Être remboursé\n"
            "fr · procedure · remboursement · Retours > Argent · internal · "
            "updated 2026-01-01T00:00:00Z\n"
            "\n"
            "Délais\n"
            "\n"
            "Cinq jours.\n"
            "\n"
            "  • Carte\n"
            "  • Virement\n"
            "\n"
            "    a  = 1\n"
            "    b\n"
            "\n"
            "Et après ? remboursement#1\n"
            "  Rien.\n"
            "  Vraiment.\n"
            "\n"
            "Also in:\n"
            "  nl Geld terug\n");
}

TEST(CompleteCommandTest, PrintsOneCompletionALine) {
  FakeServer server;
  v1::Completion* completion = server.completions.add_completions();
  completion->set_text("wachtwoord vergeten");
  completion->set_language_code("nl");
  completion->set_article_id("reset-password");
  auto* typed = completion->add_spans();
  typed->set_text("wacht");
  auto* added = completion->add_spans();
  added->set_text("woord vergeten");
  added->set_highlighted(true);
  server.completions.add_completions()->set_text("пароль");
  const std::vector<std::string> arguments = {
      "complete", "--server", server.address(), "--corpus",
      "shop",     "--max",    "5",              "wacht"};
  const ProgramResult plain = RunProgram(arguments);
  EXPECT_EQ(plain.status, 0) << plain.error;
  EXPECT_EQ(plain.out, "wachtwoord vergeten nl reset-password\nпароль\n");
  EXPECT_EQ(server.autocomplete_request.prefix(), "wacht");
  EXPECT_EQ(server.autocomplete_request.max_completions(), 5);
  const ProgramResult coloured =
      RunProgram(arguments, {}, {.colour = true, .width = 80});
  EXPECT_THAT(coloured.out,
              HasSubstr("wacht\x1b[1;33mwoord vergeten\x1b[0m"));
}

}  // namespace
}  // namespace kbsearch::cli
