// HTTP requests for tests.
#ifndef KBSEARCH_TESTS_INTEGRATION_HTTP_CLIENT_H_
#define KBSEARCH_TESTS_INTEGRATION_HTTP_CLIENT_H_

#include <map>
#include <string>
#include <vector>

namespace kbsearch::testing {

struct HttpAnswer {
  int status = 0;                              // 0: no answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct HttpCall {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // "name: value"
  std::string body;
};

HttpAnswer Fetch(const HttpCall& call);

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_HTTP_CLIENT_H_
