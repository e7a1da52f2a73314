#include "analyzers/fold.h"

#include <gtest/gtest.h>

#include <string_view>

namespace kbsearch::analyzers {
namespace {

struct Case {
  std::string_view text;
  std::string_view folded;
};

TEST(FoldTest, UnitesSpellingsOfOneWord) {
  const Case cases[] = {
      {"ΚΩΔΙΚΌΣ", "κωδικοσ"},
      {"κωδικός", "κωδικοσ"},
      {"προϊόντα", "προιοντα"},
      {"ΰ", "υ"},
      {"ἐπιστροφὴ", "επιστροφη"},
      {"ἀγορᾷ", "αγορα"},  // iota subscript goes before the case is folded
      {"Réseau", "reseau"},
      {"CŒUR", "coeur"},
      {"ex æquo", "ex aequo"},
      {"geïnstalleerd", "geinstalleerd"},
      {"prĳs", "prijs"},
      {"Ĳsland", "ijsland"},
      {"Straße", "strasse"},
      {"Счёт", "счет"},
      {"Йогурт", "йогурт"},
      {"замо\u0301к", "замок"},
      {"ﬁle", "file"},
      {"ＡＢＣ１２", "abc12"},
      {"İstanbul", "istanbul"},
      {"", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Fold(c.text), c.folded) << c.text;
}

TEST(FoldTest, KeepsTheBreveOfShortIWhetherComposedOrNot) {
  EXPECT_EQ(Fold(std::string_view("и\u0306огурт")), "йогурт");
  EXPECT_EQ(Fold(std::string_view("И\u0306од")), "йод");
  EXPECT_NE(Fold(std::string_view("мой")), Fold(std::string_view("мои")));
}

TEST(FoldTest, IsIdempotent) {
  for (const std::string_view text :
       {"Ἀθῆναι", "Œuvre", "Ёжик", "Ĳs", "naïve café", "Ǆ"}) {
    const std::string once = Fold(text);
    EXPECT_EQ(Fold(std::string_view(once)), once) << text;
  }
}

TEST(LowerTest, KeepsAccentsAndComposes) {
  EXPECT_EQ(Lower(std::string_view("RÉSEAU")), "réseau");
  EXPECT_EQ(Lower(std::string_view("re\u0301seau")), "réseau");
  EXPECT_EQ(Lower(std::string_view("СЧЁТ")), "счёт");
}

}  // namespace
}  // namespace kbsearch::analyzers
