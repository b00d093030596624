#include "storage/mail/normal_form.h"

#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/mail/limits.h"

namespace mailtrail::mail {
namespace {

struct Spelling {
  std::string_view written;
  std::string_view normal;
};

TEST(NormalAddress, FollowsItsTable) {
  for (const Spelling& spelling : std::initializer_list<Spelling>{
           {"ann@example.com", "ann@example.com"},
           {"Ann@Example.COM", "ann@example.com"},
           {" \tann@example.com.\r\n", "ann@example.com"},
           {"Ann <Ann@example.com>", "ann@example.com"},
           {"\"Ann, <the> \\\"one\\\"\" <ann@example.com>", "ann@example.com"},
           {"<ann@example.com>", "ann@example.com"},
           {"\"Ann <ann@example.com>", "ann@example.com"},  // A quote that nobody closes.
           {"Ann <old@example.com> <ann@example.com>", "ann@example.com"},
           {"\"a<b>\"@example.com", "\"a<b>\"@example.com"},
           {"ann+spring@example.com", "ann+spring@example.com"},
           {"a@b@example.com", "a@b@example.com"},
           {"Ann", "ann"},
           {"", ""},
           {"@", "@"},
           {"ann@", "ann@"},
           {"<", "<"},
           {"<>", ""},
           // The local part: composed, and only ASCII letters in lower case.
           {"J\u00D6RG@example.com", "j\u00D6rg@example.com"},
           {"jo\u0308rg@example.com", "j\u00F6rg@example.com"},
           // The domain: A-labels.
           {"ann@m\u00FCnchen.example.org", "ann@xn--mnchen-3ya.example.org"},
           {"ANN@M\u00DCNCHEN.EXAMPLE.ORG", "ann@xn--mnchen-3ya.example.org"},
           {"ann@mu\u0308nchen.example.org", "ann@xn--mnchen-3ya.example.org"},
           {"Ann@XN--mnchen-3ya.example.org", "ann@xn--mnchen-3ya.example.org"},
           {"bo@fa\u00DF.example.org", "bo@xn--fa-hia.example.org"},
           {"bo@fass.example.org", "bo@fass.example.org"},
           {"x@xn--a.example.org", "x@xn--a.example.org"},
           {"x@192.0.2.1", "x@192.0.2.1"},
           {"x@[IPv6:2001:DB8::1]", "x@[ipv6:2001:db8::1]"},
       }) {
    EXPECT_EQ(NormalAddress(spelling.written), spelling.normal) << spelling.written;
  }
}

TEST(NormalDomain, FollowsItsTable) {
  const std::string with_nul("\xC3\xA4\0b.example", 11);
  for (const Spelling& spelling : std::initializer_list<Spelling>{
           {"Example.COM", "example.com"},
           {"example.com..", "example.com"},
           {"", ""},
           {".", ""},
           {"a..b", "a..b"},
           {"r3---sn-4g5e6.example", "r3---sn-4g5e6.example"},
           {"_dmarc.example", "_dmarc.example"},
           {"fa\u00DF.example", "xn--fa-hia.example"},
           {"\u4F8B\u3048\u3002\u30C6\u30B9\u30C8",
            "xn--r8jz45g.xn--zckzah"},  // Ideographic full stop.
           {"\uFF45\uFF58\uFF41\uFF4D\uFF50\uFF4C\uFF45.com", "example.com"},  // Full width.
           // Refused by IDNA, so it stands as it is, in lower ASCII case.
           {"A \u00FC.Example", "a \u00FC.example"},
           {"\xFF\xFE"
            "A.example",
            "\xFF\xFE"
            "a.example"},
           {with_nul, with_nul},
       }) {
    EXPECT_EQ(NormalDomain(spelling.written), spelling.normal) << spelling.written;
  }
}

TEST(NormalDomain, LeavesLabelsOverTheLimitAsTheyStand) {
  std::string label = "A";
  while (label.size() <= kMaxIdnaLabelBytes) {
    label +=
        "\u00AD";  // A soft hyphen, which IDNA drops: without the limit this would be "a\u00FC".
  }
  label += "\u00FC";
  EXPECT_EQ(NormalDomain("A\u00AD\u00FC"), "xn--a-eha");
  EXPECT_EQ(NormalDomain(label), "a" + label.substr(1));
}

TEST(NormalForms, AreTheirOwnNormalForm) {
  const std::vector<std::string> pieces = {"a",      "B",       "@",    "<", ">",     "\"",
                                           "\\",     ".",       " ",    ",", "xn--",  "\u00FC",
                                           "\u00DF", "u\u0308", "\xFF", "-", "\u3002"};
  std::mt19937 random(1);  // NOLINT(bugprone-random-generator-seed): the same texts in every run.
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (unsigned length = random() % 10; length > 0; --length) {
      text += pieces[random() % pieces.size()];
    }
    const std::string address = NormalAddress(text);
    EXPECT_EQ(NormalAddress(address), address) << text;
    const std::string domain = NormalDomain(text);
    EXPECT_EQ(NormalDomain(domain), domain) << text;
  }
}

TEST(DomainOf, IsWhatFollowsTheLastAt) {
  EXPECT_EQ(DomainOf("ann@example.com"), "example.com");
  EXPECT_EQ(DomainOf("a@b@example.com"), "example.com");
  EXPECT_EQ(DomainOf("ann"), "");
}

TEST(NormalHeader, LowersNamesAndTrimsValues) {
  EXPECT_EQ(NormalHeaderName("X-Order-ID"), "x-order-id");
  EXPECT_EQ(NormalHeaderValue(" \t A 17 \r\n"), "A 17");
  EXPECT_EQ(NormalHeaderValue("  "), "");
}

TEST(NormalHeaderMessageId, DropsOnePairOfBracketsAndKeepsCase) {
  EXPECT_EQ(NormalHeaderMessageId(" <App-1@Example.org> "), "App-1@Example.org");
  EXPECT_EQ(NormalHeaderMessageId("App-1@Example.org"), "App-1@Example.org");
  EXPECT_EQ(NormalHeaderMessageId("<<a>>"), "<a>");
  EXPECT_EQ(NormalHeaderMessageId("<"), "<");
}

}  // namespace
}  // namespace mailtrail::mail
