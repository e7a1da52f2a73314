#include "analyzers/tables/russian_links.h"

#include <algorithm>
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
    Ending{U"ь", U"я"},     Ending{U"ей", U"ья"},  Ending{U"ей", U"ье"},
    Ending{U"цев", U"ец"},  Ending{U"цем", U"ец"}, Ending{U"цом", U"ец"},
    Ending{U"ками", U"ка"}, Ending{U"ья", U""},    Ending{U"ьев", U""},
    Ending{U"ьям", U""},    Ending{U"ьями", U""},  Ending{U"ьях", U""},
    Ending{U"", U"а"},      Ending{U"", U"о"},     Ending{U"", U"я"},
    Ending{U"ом", U"о"},    Ending{U"ем", U"е"},   Ending{U"ами", U"а"},
};

constexpr std::array<std::u32string_view, 27> kPersonalEndings = {
    U"ьтесь", U"йтесь", U"итесь", U"етесь", U"ешься", U"ется", U"емся",
    U"утся",  U"ются",  U"усь",   U"юсь",   U"ись",   U"йте",  U"ите",
    U"ьте",   U"ете",   U"ешь",   U"ет",    U"ем",    U"ут",   U"ют",
    U"ся",    U"у",     U"ю",     U"и",     U"й",     U"ь"};

// The same of past tenses: помог, стер, вошел.
constexpr std::array kPastStems = {
    Ending{U"шел", U"йти"},  Ending{U"рос", U"расти"}, Ending{U"ш", U"йти"},
    Ending{U"ер", U"ереть"}, Ending{U"г", U"чь"},      Ending{U"к", U"чь"},
    Ending{U"с", U"сти"},    Ending{U"з", U"зти"},
};

// Nouns of action in -ка: отправка, настройка, упаковка.
// and others: регистрация, оплата, отмена.
constexpr std::array kActionEndings = {
    Ending{U"йка", U"ить"},      Ending{U"ка", U"ить"},
    Ending{U"ка", U"ать"},       Ending{U"ка", U"ять"},
    Ending{U"ация", U"ировать"}, Ending{U"ация", U"овать"},
    Ending{U"а", U"ить"},        Ending{U"а", U"ать"}};
constexpr size_t kMinActionStem = 5;  // "строка" is none of "строить"

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
    Ending{U"з", U"зти"},        Ending{U"рид", U"рийти"},
    Ending{U"ид", U"идти"},      Ending{U"ищ", U"искать"},
    Ending{U"отр", U"тереть"},   Ending{U"йд", U"йти"},
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

// Imperfective → perfective: открывать – открыть, загружать – загрузить. What
// the dictionary does not have is none.
constexpr std::array kAspectEndings = {
    Ending{U"чивать", U"тить"},     Ending{U"живать", U"дить"},
    Ending{U"живать", U"зить"},     Ending{U"рашивать", U"росить"},
    Ending{U"ешивать", U"есить"},   Ending{U"щивать", U"стить"},
    Ending{U"асывать", U"осить"},   Ending{U"левать", U"лить"},
    Ending{U"вливать", U"вить"},    Ending{U"пливать", U"пить"},
    Ending{U"ывать", U"ать"},       Ending{U"ивать", U"ать"},
    Ending{U"ивать", U"ить"},       Ending{U"ивать", U"еть"},
    Ending{U"вать", U"ть"},         Ending{U"зывать", U"звать"},
    Ending{U"сылать", U"слать"},    Ending{U"бирать", U"брать"},
    Ending{U"тирать", U"тереть"},   Ending{U"нимать", U"нять"},
    Ending{U"имать", U"ать"},       Ending{U"имать", U"ять"},
    Ending{U"инать", U"ать"},       Ending{U"ждать", U"дить"},
    Ending{U"щать", U"тить"},       Ending{U"щать", U"стить"},
    Ending{U"жать", U"зить"},       Ending{U"жать", U"дить"},
    Ending{U"шать", U"сить"},       Ending{U"скать", U"стить"},
    Ending{U"влять", U"вить"},      Ending{U"плять", U"пить"},
    Ending{U"млять", U"мить"},      Ending{U"лять", U"лить"},
    Ending{U"нять", U"нить"},       Ending{U"рять", U"рить"},
    Ending{U"шать", U"шить"},       Ending{U"чать", U"чить"},
    Ending{U"щать", U"щить"},       Ending{U"жать", U"жить"},
    Ending{U"ступать", U"ступить"}, Ending{U"горать", U"гореть"},
    Ending{U"гать", U"нуть"},       Ending{U"кать", U"кнуть"},
    Ending{U"гать", U"чь"},
};

// Behind short endings little would be left that tells verbs apart: "брать"
// is not of "брить".
size_t MinRest(std::u32string_view ending) { return ending.size() < 5 ? 3 : 1; }

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
  *lemmas = InfinitivesOfPast(ToUtf8(form));
}

std::vector<std::string> RussianLinks::InfinitivesOfPast(
    std::string_view folded) const {
  std::vector<std::string> verbs;
  const std::u32string form = ToUtf32(folded);
  for (const Ending& ending : kPastStems) {
    if (form.ends_with(ending.from)) AddIfKnown(Replace(form, ending), &verbs);
    if (!verbs.empty()) break;
  }
  return verbs;
}

std::vector<std::string> RussianLinks::LemmasOfLoneForm(
    std::string_view folded) const {
  std::vector<std::string> lemmas;
  const std::u32string form = ToUtf32(folded);
  AddVerbs(form, &lemmas);
  if (lemmas.empty()) AddNouns(form, &lemmas);
  return lemmas;
}

// The infinitives of a personal form.
void RussianLinks::AddOwners(std::u32string_view form,
                             std::vector<std::string>* verbs) const {
  const auto found = owners_.find(ToUtf8(form));
  if (found == owners_.end()) return;
  for (const std::string& word : found->second) {
    if (word.ends_with("ть") || word.ends_with("ти") || word.ends_with("чь") ||
        word.ends_with("ться") || word.ends_with("тись") ||
        word.ends_with("чься")) {
      verbs->push_back(word);
    }
  }
}

std::vector<std::string> RussianLinks::VerbsBehind(
    std::string_view folded) const {
  std::vector<std::string> verbs;
  std::u32string word = ToUtf32(folded);
  // восстановление is to восстановить as восстановленный is; so is открытие.
  if (word.ends_with(U"ние") || word.ends_with(U"тие")) {
    const bool in_nie = word.ends_with(U"ние");
    word.resize(word.size() - 2);
    word += in_nie ? U"ный" : U"ый";
  }
  for (const Ending& ending : kParticipleEndings) {
    if (word.ends_with(ending.from)) AddIfKnown(Replace(word, ending), &verbs);
  }
  for (const Ending& ending : kActionEndings) {
    if (word.ends_with(ending.from) &&
        word.size() >=
            kMinActionStem + std::min<size_t>(2, ending.from.size())) {
      AddIfKnown(Replace(word, ending), &verbs);
    }
  }
  // Participles of the present are made of its forms: действуют – действующий,
  // хранятся – хранящийся, используем – используемый.
  for (const Ending& ending :
       {Ending{U"щий", U"т"}, Ending{U"щийся", U"тся"}, Ending{U"емый", U"ем"},
        Ending{U"имый", U"им"}}) {
    if (word.ends_with(ending.from)) AddOwners(Replace(word, ending), &verbs);
  }
  if (verbs.empty()) verbs.emplace_back(folded);
  AddRelatives(&verbs);
  std::erase(verbs, folded);
  return verbs;
}

// открываются – открывать – открыть: who asks for one is helped by the others.
void RussianLinks::AddRelatives(std::vector<std::string>* verbs) const {
  for (size_t i = 0, count = verbs->size(); i < count; ++i) {
    std::u32string verb = ToUtf32((*verbs)[i]);
    AddPerfectives(verb, verbs);
    if (!verb.ends_with(U"ся") && !verb.ends_with(U"сь")) continue;
    verb.resize(verb.size() - 2);
    AddIfKnown(verb, verbs);
    AddPerfectives(verb, verbs);
  }
  std::ranges::sort(*verbs);
  const auto repeated = std::ranges::unique(*verbs);
  verbs->erase(repeated.begin(), repeated.end());
}

// отсканировать – сканировать: before a foreign verb these prefixes say that it
// is done, and nothing else.
void RussianLinks::AddForeignBase(std::u32string_view verb,
                                  std::vector<std::string>* verbs) const {
  if (!verb.ends_with(U"ировать")) return;
  for (const std::u32string_view prefix : {U"от", U"за", U"про", U"по", U"с"}) {
    if (verb.starts_with(prefix) && verb.size() > prefix.size() + 9) {
      AddIfKnown(std::u32string(verb.substr(prefix.size())), verbs);
    }
  }
}

void RussianLinks::AddPerfectives(std::u32string_view verb,
                                  std::vector<std::string>* verbs) const {
  AddForeignBase(verb, verbs);
  const bool reflexive = verb.ends_with(U"ся");
  if (reflexive) verb.remove_suffix(2);
  std::vector<std::u32string> stems = {std::u32string(verb)};
  // The vowel of the stem may change: настраивать – настроить.
  if (verb.size() > 6 &&
      (verb.ends_with(U"ивать") || verb.ends_with(U"ывать"))) {
    const size_t vowel = verb.find_last_of(U"аеоуыэюяи", verb.size() - 6);
    if (vowel != verb.npos && verb[vowel] == U'а') {
      stems.push_back(stems.front());
      stems.back()[vowel] = U'о';
    }
  }
  for (const std::u32string& stem : stems) {
    for (const Ending& ending : kAspectEndings) {
      if (!stem.ends_with(ending.from) ||
          stem.size() < ending.from.size() + MinRest(ending.from)) {
        continue;
      }
      std::u32string perfective = Replace(stem, ending);
      if (reflexive) perfective += U"ся";
      AddIfKnown(std::move(perfective), verbs);
    }
  }
}

}  // namespace kbsearch::analyzers
