#include "indexer/html/boilerplate.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "indexer/html/html_blocks.h"

namespace kbsearch::indexer {
namespace {

// Words of class and id names, each whole ("related-articles" holds "related").
constexpr std::string_view kBoilerplateWords[] = {
    "advert",    "advertisement", "breadcrumb", "breadcrumbs", "cta",
    "feedback",  "footer",        "helpful",    "langs",       "locale",
    "locales",   "menu",          "nav",        "navbar",      "navfooter",
    "navheader", "navigation",    "newsletter", "pager",       "pagination",
    "promo",     "rating",        "ratings",    "related",     "searchbar",
    "searchbox", "share",         "sharing",    "sidebar",     "sidenav",
    "signup",    "skip",          "skiplink",   "social",      "subscribe",
    "switcher",  "toc",           "topbar",     "topnav",      "trial",
    "vote",      "votes"};
constexpr double kMuchOfThePage = 0.4;
constexpr double kNearlyAllOfThePage = 0.9;
constexpr double kMenuLinkShare = 0.7;

constexpr std::string_view kNoticeWords[] = {
    "alert", "banner", "bar",     "consent", "disclaimer", "law",
    "modal", "notice", "overlay", "popup",   "warning",    "dialog"};
constexpr std::string_view kNoteWords[] = {
    "admonition", "callout", "caution", "danger", "hint",   "important",
    "info",       "note",    "notice",  "tip",    "warning"};
constexpr std::string_view kBoilerplateRoles[] = {
    "navigation", "banner",      "contentinfo", "complementary", "search",
    "dialog",     "alertdialog", "menu",        "menubar"};

template <size_t N>
bool Contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// "relatedArticles side_bar" → related, articles, side, bar.
std::vector<std::string> ClassWords(const GumboNode* element) {
  std::vector<std::string> words(1);
  bool previous_lower = false;
  for (const char* name : {"class", "id"}) {
    for (const char c : Attribute(element, name)) {
      const bool upper = absl::ascii_isupper(c);
      if (!absl::ascii_isalnum(c) || (upper && previous_lower)) {
        if (!words.back().empty()) words.emplace_back();
      }
      if (absl::ascii_isalnum(c)) words.back() += absl::ascii_tolower(c);
      previous_lower = absl::ascii_islower(c);
    }
    if (!words.back().empty()) words.emplace_back();
  }
  words.pop_back();
  return words;
}

// Whatever its name says: it holds the page's heading or much of its text.
bool IsContent(const GumboNode* element, const PageText& text) {
  return text.Of(element).has_main || text.ProseShare(element) > kMuchOfThePage;
}

// A container of links and nothing to read.
bool IsMenu(const GumboNode* element, const PageText& text) {
  const PageText::Counts& counts = text.Of(element);
  return counts.link_count >= 3 && counts.prose == 0 && !counts.has_main &&
         IsBlockLevel(element) && counts.links >= kMenuLinkShare * counts.text;
}

// A cookie word alone may be the article's subject; with the word of a notice
// it is one.
bool IsCookieNotice(const GumboNode* element,
                    const std::vector<std::string>& words) {
  bool cookie = false;
  bool notice = false;
  for (const std::string& word : words) {
    const bool has_cookie = absl::StrContains(word, "cookie");
    cookie = cookie || has_cookie || word == "gdpr" || word == "consent";
    notice = notice || Contains(kNoticeWords, word) || word == "gdpr";
    if (has_cookie) {
      for (std::string_view part : kNoticeWords) {
        notice = notice || word.find(part) != std::string::npos;
      }
    }
  }
  const std::string_view role = Attribute(element, "role");
  notice = notice || role == "alert" || role == "region";
  return cookie && notice;
}

bool HasBoilerplateClass(const GumboNode* element, const PageText& text) {
  if (!HasAttribute(element, "class") && !HasAttribute(element, "id")) {
    return false;
  }
  switch (element->v.element.tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
      return false;  // a heading's id is made of its words
    default:
      // Words of a sentence are marked up, too: <span class="menu">.
      if (!IsBlockLevel(element) && !IsElement(element, GUMBO_TAG_A)) {
        return false;
      }
  }
  const std::vector<std::string> words = ClassWords(element);
  // A section's id, too, is often its heading's words: one word of ours among
  // few others of a class is needed, not a slug.
  const bool by_word =
      words.size() <= 4 &&
      std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return Contains(kBoilerplateWords, word);
      });
  return (by_word || IsCookieNotice(element, words)) &&
         !IsContent(element, text);
}

bool IsNoteAside(const GumboNode* element) {
  const std::vector<std::string> words = ClassWords(element);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return Contains(kNoteWords, word);
  });
}

}  // namespace

bool IsNeverText(const GumboNode* element) {
  switch (element->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_DATALIST:
      return true;
    default:
      return false;
  }
}

bool IsBoilerplate(const GumboNode* element, const PageText& text,
                   bool in_content) {
  switch (element->v.element.tag) {
    case GUMBO_TAG_NAV:
      return true;
    case GUMBO_TAG_FOOTER:
      // On a page of one sentence a footer of two has most of the words.
      return !text.Of(element).has_main &&
             text.TextShare(element) < kNearlyAllOfThePage;
    case GUMBO_TAG_HEADER:
      if (!in_content) return !IsContent(element, text);
      break;
    case GUMBO_TAG_ASIDE:
      return !in_content || !IsNoteAside(element);
    case GUMBO_TAG_FORM:
      // Some frameworks wrap the whole page in one form.
      return !IsContent(element, text);
    default:
      break;
  }
  const std::string_view role = Attribute(element, "role");
  if (!role.empty() && Contains(kBoilerplateRoles, role)) {
    return !IsContent(element, text);
  }
  return HasBoilerplateClass(element, text) ||
         (!in_content && IsMenu(element, text));
}

}  // namespace kbsearch::indexer
