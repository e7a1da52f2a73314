#include "engine/query/phrase.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/ranking/forward_writer.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

bool StandsIn(const std::string& language, const std::string& phrase,
              const std::string& text, bool in_title = false) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/forward.bin";
  const auto analyzer = TestRegistry()->NewAnalyzer(language);
  ForwardWriter writer(path);
  writer.Add(1, {"id",
                 language,
                 0,
                 0,
                 {{BlockField::kTitle, analyzer->Analyze("new")},
                  {BlockField::kBody, analyzer->Analyze(text)}}});
  EXPECT_TRUE(writer.Finish().ok());
  const auto index = ForwardIndex::Open(path);
  EXPECT_TRUE(index.ok()) << index.status();
  return PhraseMatcher(MakePhrase(phrase, *analyzer), **index)
      .StandsIn((*index)->Find(1), in_title);
}

TEST(PhraseTest, WordsStandInTheirOrderWhateverCaseAndAccents) {
  EXPECT_TRUE(StandsIn("el", "κωδικός πρόσβασης", "Ο ΚΩΔΙΚΟΣ ΠΡΟΣΒΑΣΗΣ λήγει"));
  EXPECT_TRUE(StandsIn("en", "forgot password", "Choose “Forgot Password”."));
  EXPECT_TRUE(StandsIn("fr", "mot de passe", "Oublié ? MOT DE PASSE perdu."));
  EXPECT_TRUE(StandsIn("fr", "l'imprimante reseau", "L’imprimante réseau"));
  EXPECT_TRUE(StandsIn("nl", "nieuw wachtwoord", "Kies een nieuw wachtwoord."));
  EXPECT_TRUE(StandsIn("ru", "расчетный счет", "Ваш расчётный счёт открыт."));
}

TEST(PhraseTest, OtherFormsOrderAndDistanceAreNoMatch) {
  EXPECT_FALSE(StandsIn("el", "κωδικός πρόσβασης", "κωδικοί πρόσβασης"));
  EXPECT_FALSE(StandsIn("el", "κωδικός πρόσβασης", "πρόσβασης κωδικός"));
  EXPECT_FALSE(StandsIn("en", "forgot password", "forgot my password"));
  EXPECT_FALSE(StandsIn("fr", "mot de passe", "mots de passe"));
  EXPECT_FALSE(StandsIn("nl", "nieuw wachtwoord", "wachtwoord nieuw"));
  EXPECT_FALSE(StandsIn("ru", "новый пароль", "нового пароля"));
  EXPECT_FALSE(StandsIn("en", "forgot password", ""));
  EXPECT_FALSE(StandsIn("en", "", "anything"));
}

TEST(PhraseTest, PhrasesDoNotCrossBlocks) {
  EXPECT_FALSE(StandsIn("en", "new password", "Password of your choice"));
  EXPECT_TRUE(StandsIn("en", "new", "Password", true));
  EXPECT_FALSE(StandsIn("en", "your choice", "Password of your choice", true));
}

TEST(PhraseTest, LongPhrasesAreComparedByTheirFirstWords) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
  EXPECT_TRUE(StandsIn("en", text, text));
  EXPECT_FALSE(StandsIn("en", text + "x", text.substr(6)));
}

TEST(PhraseTest, RepeatedWordsDoNotHideAMatch) {
  EXPECT_TRUE(StandsIn("en", "very very slow", "It is very very very slow."));
  EXPECT_TRUE(StandsIn("en", "red red blue", "red red red blue"));
  EXPECT_FALSE(StandsIn("en", "red red red blue", "red red blue"));
}

TEST(PhraseTest, HyphensAndSpacesDivideAlike) {
  EXPECT_TRUE(StandsIn("en", "wi fi router", "a Wi-Fi router"));
  EXPECT_TRUE(StandsIn("ru", "по русски", "Пишите по-русски"));
}

}  // namespace
}  // namespace kbsearch::engine
