#include "analyzers/tables/russian_links.h"

#include <array>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

struct Ending {
  std::u32string_view from;
  std::u32string_view to;
};

// Genitive plurals and other noun forms.
constexpr std::array kNounEndings = {
    Ending{U"ей", U"ья"},  Ending{U"ей", U"ье"},  Ending{U"цев", U"ец"},
    Ending{U"цем", U"ец"}, Ending{U"цом", U"ец"}, Ending{U"ками", U"ка"},
    Ending{U"ья", U""},    Ending{U"ьев", U""},   Ending{U"ьям", U""},
    Ending{U"ьями", U""},  Ending{U"ьях", U""},   Ending{U"", U"а"},
    Ending{U"", U"о"},     Ending{U"", U"я"},     Ending{U"ом", U"о"},
    Ending{U"ем", U"е"},   Ending{U"ами", U"а"},
};

constexpr std::array<std::u32string_view, 27> kPersonalEndings = {
    U"ьтесь", U"йтесь", U"итесь", U"етесь", U"ешься", U"ется", U"емся",
    U"утся",  U"ются",  U"усь",   U"юсь",   U"ись",   U"йте",  U"ите",
    U"ьте",   U"ете",   U"ешь",   U"ет",    U"ем",    U"ут",   U"ют",
    U"ся",    U"у",     U"ю",     U"и",     U"й",     U"ь"};

// Present stem → infinitive, where the dictionary does not inflect the verb.
constexpr std::array kVerbStems = {
    Ending{U"жм", U"жать"},      Ending{U"жн", U"жать"},
    Ending{U"чн", U"чать"},      Ending{U"йм", U"нять"},
    Ending{U"ойм", U"онять"},    Ending{U"им", U"ять"},
    Ending{U"ним", U"нять"},     Ending{U"иним", U"инять"},
    Ending{U"прим", U"принять"}, Ending{U"возьм", U"взять"},
    Ending{U"бер", U"брать"},    Ending{U"дер", U"драть"},
    Ending{U"зов", U"звать"},    Ending{U"шл", U"слать"},
    Ending{U"тр", U"тереть"},    Ending{U"мр", U"мереть"},
    Ending{U"пр", U"переть"},    Ending{U"ль", U"лить"},
    Ending{U"ле", U"лить"},      Ending{U"бь", U"бить"},
    Ending{U"бе", U"бить"},      Ending{U"вь", U"вить"},
    Ending{U"ве", U"вить"},      Ending{U"шь", U"шить"},
    Ending{U"ше", U"шить"},      Ending{U"пь", U"пить"},
    Ending{U"пе", U"пить"},      Ending{U"жд", U"ждать"},
    Ending{U"гон", U"гнать"},    Ending{U"д", U"сти"},
    Ending{U"т", U"сти"},        Ending{U"с", U"сти"},
    Ending{U"з", U"зти"},        Ending{U"йд", U"йти"},
    Ending{U"ойд", U"ойти"},     Ending{U"д", U"ть"},
    Ending{U"дад", U"дать"},     Ending{U"еш", U"есать"},
    Ending{U"иш", U"исать"},     Ending{U"ож", U"ожить"},
    Ending{U"аж", U"азать"},     Ending{U"яж", U"язать"},
    Ending{U"рем", U"рать"},     Ending{U"мо", U"мыть"},
    Ending{U"кро", U"крыть"},    Ending{U"ро", U"рыть"},
    Ending{U"ш", U"сить"},       Ending{U"", U"ить"},
    Ending{U"", U"ать"},         Ending{U"", U"еть"},
    Ending{U"", U"ть"},
};

constexpr std::array kParticipleEndings = {
    Ending{U"анный", U"ать"},   Ending{U"янный", U"ять"},
    Ending{U"енный", U"ить"},   Ending{U"ченный", U"тить"},
    Ending{U"щенный", U"тить"}, Ending{U"щенный", U"стить"},
    Ending{U"шенный", U"сить"}, Ending{U"женный", U"зить"},
    Ending{U"женный", U"дить"}, Ending{U"жденный", U"дить"},
    Ending{U"ленный", U"ить"},  Ending{U"денный", U"сти"},
    Ending{U"денный", U"ти"},   Ending{U"сенный", U"сти"},
    Ending{U"тенный", U"сти"},  Ending{U"енный", U"еть"},
    Ending{U"ытый", U"ыть"},    Ending{U"атый", U"ать"},
    Ending{U"ятый", U"ять"},    Ending{U"итый", U"ить"},
    Ending{U"утый", U"уть"},    Ending{U"ертый", U"ереть"},
    Ending{U"вший", U"ть"},     Ending{U"шедший", U"йти"},
};

bool IsVowel(char32_t c) {
  return std::u32string_view(U"аеиоуыэюя").find(c) != std::u32string_view::npos;
}

std::u32string Replace(std::u32string_view word, const Ending& ending) {
  return std::u32string(word.substr(0, word.size() - ending.from.size())) +
         std::u32string(ending.to);
}

}  // namespace

void RussianLinks::AddIfKnown(std::u32string candidate,
                              std::vector<std::string>* lemmas) const {
  std::string word = ToUtf8(candidate);
  if (candidate.size() > 2 && headwords_.contains(word)) {
    lemmas->push_back(std::move(word));
  }
}

void RussianLinks::AddNouns(std::u32string_view form,
                            std::vector<std::string>* lemmas) const {
  for (const Ending& ending : kNounEndings) {
    if (form.ends_with(ending.from)) AddIfKnown(Replace(form, ending), lemmas);
  }
  // A fleeting vowel: окон – окно, писем – письмо, копеек – копейка.
  if (form.size() < 4 || IsVowel(form.back()) || form.back() == U'ь') return;
  const char32_t fleeting = form[form.size() - 2];
  if (fleeting != U'о' && fleeting != U'е') return;
  const std::u32string head(form.substr(0, form.size() - 2));
  for (const char32_t ending : {U'а', U'о', U'я', U'е'}) {
    AddIfKnown(head + form.back() + ending, lemmas);
    AddIfKnown(head + U'ь' + form.back() + ending, lemmas);
    AddIfKnown(head + U'й' + form.back() + ending, lemmas);
  }
}

void RussianLinks::AddVerbs(std::u32string_view form,
                            std::vector<std::string>* lemmas) const {
  for (const std::u32string_view personal : kPersonalEndings) {
    if (!form.ends_with(personal)) continue;
    const bool reflexive =
        personal.ends_with(U"ся") || personal.ends_with(U"сь");
    const std::u32string_view stem =
        form.substr(0, form.size() - personal.size());
    for (const Ending& ending : kVerbStems) {
      if (!stem.ends_with(ending.from)) continue;
      std::u32string verb = Replace(stem, ending);
      if (reflexive) verb += U"ся";
      AddIfKnown(std::move(verb), lemmas);
      if (!lemmas->empty()) return;
    }
  }
}

std::vector<std::string> RussianLinks::LemmasOfLoneForm(
    std::string_view folded) const {
  std::vector<std::string> lemmas;
  const std::u32string form = ToUtf32(folded);
  AddVerbs(form, &lemmas);
  if (lemmas.empty()) AddNouns(form, &lemmas);
  return lemmas;
}

std::vector<std::string> RussianLinks::VerbsBehind(
    std::string_view folded) const {
  std::vector<std::string> verbs;
  std::u32string word = ToUtf32(folded);
  // восстановление is to восстановить as восстановленный is.
  if (word.ends_with(U"ние")) {
    word.resize(word.size() - 2);
    word += U"ный";
  }
  for (const Ending& ending : kParticipleEndings) {
    if (word.ends_with(ending.from)) AddIfKnown(Replace(word, ending), &verbs);
  }
  return verbs;
}

}  // namespace kbsearch::analyzers
