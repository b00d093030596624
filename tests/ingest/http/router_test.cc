#include "ingest/http/router.h"

#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::http {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;

void Nothing(const Request& /*request*/, const Respond& /*respond*/) {}

TEST(RouterTest, FindsByMethodAndPath) {
  MT_ASSERT_OK_AND_ASSIGN(
      const Router router,
      Router::Create({{"POST", "/v1/sns", Nothing}, {"GET", "/", Nothing}, {"PUT", "/", Nothing}}));
  const struct {
    const char* method;
    const char* target;
    const char* path;   // null: no route
    const char* allow;  // the right methods then
  } rows[] = {
      {"POST", "/v1/sns", "/v1/sns", ""},
      {"POST", "/v1/sns?a=/b", "/v1/sns", ""},
      {"POST", "http://host:1/v1/sns", "/v1/sns", ""},
      {"GET", "http://host", "/", ""},
      {"GET", "http://host?a", "/", ""},
      {"HEAD", "/", "/", ""},
      {"GET", "/v1/sns", nullptr, "POST"},
      {"post", "/v1/sns", nullptr, "POST"},
      {"DELETE", "/", nullptr, "GET, HEAD, PUT"},
      {"POST", "/v1/sns/", nullptr, ""},
      {"POST", "/v1/SNS", nullptr, ""},
      {"POST", "/v1/sn%73", nullptr, ""},
      {"POST", "//v1/sns", nullptr, ""},
      {"OPTIONS", "*", nullptr, ""},
      {"CONNECT", "host:1", nullptr, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.method) + " " + row.target);
    const Router::Match match = router.Find(row.method, row.target);
    EXPECT_EQ(match.allow, row.allow);
    ASSERT_EQ(match.route != nullptr, row.path != nullptr);
    if (match.route != nullptr) {
      EXPECT_EQ(match.route->path, row.path);
    }
  }
}

TEST(RouterTest, RefusesRoutesThatCannotBeMeant) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(Router::Create({}), StatusIs(kInvalid, HasSubstr("needs a route")));
  EXPECT_THAT(Router::Create({{"GET", "x", Nothing}}), StatusIs(kInvalid, HasSubstr("'GET x'")));
  EXPECT_THAT(Router::Create({{"", "/x", Nothing}}), StatusIs(kInvalid, HasSubstr("a method")));
  EXPECT_THAT(Router::Create({{"GET", "/x", nullptr}}), StatusIs(kInvalid, HasSubstr("a handler")));
  EXPECT_THAT(Router::Create({{"GET", "/x", Nothing}, {"GET", "/x", Nothing}}),
              StatusIs(kInvalid, HasSubstr("twice")));
}

TEST(HeadersTest, KeepsFieldsInOneTextAndFindsTheFirstOfAName) {
  Headers headers;
  headers.Add("One", "1");
  headers.Add("Empty", "");
  headers.Add("one", "2");
  EXPECT_EQ(headers.size(), 3U);
  EXPECT_EQ(headers.Get("ONE"), "1");
  EXPECT_EQ(headers.Get("Empty"), "");
  EXPECT_EQ(headers.Get("On"), "");
  const Headers moved = std::move(headers);
  EXPECT_EQ(moved.Get("one"), "1");
}

}  // namespace
}  // namespace mailtrail::ingest::http
