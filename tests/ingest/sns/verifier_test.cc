#include "ingest/sns/verifier.h"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::sns {
namespace {

using test::SignedFields;
using test::SnsPush;
using test::SnsSigner;

constexpr char kCapeTopic[] = "arn:aws:sns:af-south-1:123456789012:t";

TEST_F(VerifierTest, TellsWhatAGenuinePushSays) {
  const Verdict verdict = Judge(SignedFields(signer, {.version = "2"}).Render());
  ASSERT_EQ(WordOf(verdict), "genuine");
  const auto& push = std::get<GenuinePush>(verdict);
  EXPECT_EQ(push.type, MessageType::kNotification);
  EXPECT_EQ(push.topic.text, "arn:aws:sns:us-east-1:123456789012:ses-events");
  EXPECT_EQ(push.source->name, "main");
  EXPECT_EQ(push.source->number, 1);
  EXPECT_EQ(push.message_id, "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0");
  EXPECT_EQ(HexEncode({push.message_id_bytes.data(), 16}), "0f1e2d3c4b5a59688776a5b4c3d2e1f0");
  EXPECT_EQ(push.signed_time, test::FakeClock::kStart);
  EXPECT_EQ(push.subject, "Amazon SES Email Event Notification");
  EXPECT_EQ(push.message, "{\"eventType\":\"Send\"}\n");
  EXPECT_EQ(push.token, "");
}

TEST_F(VerifierTest, GivesTheTokenOfAConfirmation) {
  const Verdict verdict =
      Judge(SignedFields(signer, {.type = "SubscriptionConfirmation"}).Render());
  ASSERT_EQ(WordOf(verdict), "genuine");
  const auto& push = std::get<GenuinePush>(verdict);
  EXPECT_EQ(push.type, MessageType::kSubscriptionConfirmation);
  EXPECT_EQ(push.token, "2336412f37fb687f5d51e6e2425929f5");
}

TEST_F(VerifierTest, ListensToNobodyWithoutSources) {
  verifier.SetSources(nullptr);
  EXPECT_EQ(Outcome(signer, {}), "foreign_account");
}

TEST_F(VerifierTest, TakesNewSourcesAtOnce) {
  const SnsPush push{.topic_arn = "arn:aws:sns:us-east-1:123456789012:late"};
  EXPECT_EQ(Outcome(signer, push), "unlisted_topic");
  UseSources({{.name = "late", .number = 2, .topics = {push.topic_arn}}});
  EXPECT_EQ(Outcome(signer, push), "genuine");
}

TEST_F(VerifierTest, AnswersWhenTheFetchDoes) {
  fetcher.Hold();
  std::vector<std::string> words;
  {
    // Gone before the answer, as the contract allows.
    const std::string body = SignedFields(signer, {}).Render();
    verifier.Verify({.body = body},
                    [&](const Verdict& verdict) { words.push_back(WordOf(verdict)); });
  }
  EXPECT_TRUE(words.empty());
  fetcher.Release();
  EXPECT_THAT(words, ::testing::ElementsAre("genuine"));
}

TEST_F(VerifierTest, SaysThatTheFetchFailed) {
  fetcher.Answer(signer.Url(), absl::UnavailableError("HTTP status 500\n"));
  const Verdict verdict = Judge(SignedFields(signer, {}).Render());
  ASSERT_EQ(WordOf(verdict), "certificate_fetch_failed");
  EXPECT_EQ(std::get<Refused>(verdict).detail, "HTTP status 500?");
}

// Regions that must be opted into sign under a name of their own. The certificate is made like the
// one that af-south-1 serves.
TEST_F(VerifierTest, KnowsTheNamesOfOptInRegions) {
  const SnsSigner cape(SharedKey(), {.common_name = "sns-signing.af-south-1.amazonaws.com",
                                     .dns_names = {"sns-signing.af-south-1.amazonaws.com",
                                                   "sns.af-south-1.amazonaws.com"}});
  UseSources(
      {{.name = "cape", .number = 1, .topics = {kCapeTopic}},
       {.name = "virginia", .number = 2, .topics = {"arn:aws:sns:us-east-1:123456789012:ses-*"}}});
  for (const SnsSigner* const one : {&cape, static_cast<const SnsSigner*>(&signer)}) {
    Serve(*one, "us-east-1");
    Serve(*one, "af-south-1");
  }
  EXPECT_EQ(Outcome(cape, {.topic_arn = kCapeTopic}), "genuine");
  const Verdict of_virginia = Judge(SignedFields(cape, {}).Render());
  EXPECT_EQ(WordOf(of_virginia), "certificate_name");
  EXPECT_THAT(std::get<Refused>(of_virginia).detail,
              ::testing::HasSubstr("sns-signing.af-south-1.amazonaws.com"));
  EXPECT_EQ(FaultOf(std::get<Refused>(of_virginia).reason), Fault::kUnavailable);
  EXPECT_EQ(Outcome(signer, {.topic_arn = kCapeTopic}), "certificate_name");

  // The same from a directory, where a file stands for all regions.
  clock.Advance(kMillisPerMinute);
  const std::size_t fetches = fetcher.calls();
  verifier.SetSeededCertificates({{cape.file_name(), Certificate::Parse(cape.certificate())},
                                  {signer.file_name(), Certificate::Parse(signer.certificate())}});
  EXPECT_EQ(Outcome(cape, {.topic_arn = kCapeTopic}), "genuine");
  EXPECT_EQ(Outcome(cape, {}), "certificate_name");
  EXPECT_EQ(Outcome(signer, {.topic_arn = kCapeTopic}), "certificate_name");
  EXPECT_EQ(fetcher.calls(), fetches);
}

class RotationTest : public VerifierTest {
 protected:
  RotationTest()
      : old_signer(SharedKey(),
                   {.not_before = "2026-03-01T00:00:00Z", .not_after = "2026-10-14T23:59:59Z"}),
        new_signer(SharedKey(),
                   {.not_before = "2026-09-20T00:00:00Z", .not_after = "2027-04-05T23:59:59Z"}) {
    Serve(old_signer);
    Serve(new_signer);
    clock.SetNow(*ParseTime("2026-10-20T12:00:00Z"));
  }
  SnsSigner old_signer;
  SnsSigner new_signer;
};

TEST_F(RotationTest, TakesWhatWasSignedBeforeTheCertificateEnded) {
  EXPECT_EQ(Outcome(old_signer, {.timestamp = "2026-10-10T08:00:00.000Z"}), "genuine");
  EXPECT_EQ(Outcome(old_signer, {.timestamp = "2026-10-14T23:59:59.999Z"}), "genuine");
}

TEST_F(RotationTest, RefusesForGoodWhatTheCertificateCouldNotHaveSigned) {
  const Verdict late =
      Judge(SignedFields(old_signer, {.timestamp = "2026-10-16T08:00:00.000Z"}).Render());
  EXPECT_EQ(WordOf(late), "timestamp_outside_certificate");
  EXPECT_EQ(FaultOf(std::get<Refused>(late).reason), Fault::kForbidden);
  EXPECT_EQ(Outcome(new_signer, {.timestamp = "2026-09-19T23:59:59.999Z"}),
            "timestamp_outside_certificate");
}

TEST_F(RotationTest, MixesOldAndNewWithTwoFetches) {
  const std::string old_body =
      SignedFields(old_signer, {.timestamp = "2026-10-10T08:00:00.000Z"}).Render();
  const std::string new_body =
      SignedFields(new_signer, {.timestamp = "2026-10-20T08:00:00.000Z"}).Render();
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_EQ(Outcome(i % 2 == 0 ? old_body : new_body), "genuine");
  }
  EXPECT_EQ(fetcher.calls(), 2);
}

TEST_F(RotationTest, EndsFifteenDaysAfterTheCertificate) {
  const std::string body =
      SignedFields(old_signer, {.timestamp = "2026-10-10T08:00:00.000Z"}).Render();
  const UnixMillis end = *ParseTime("2026-10-14T23:59:59.999Z");
  clock.SetNow({end.value + kCertificateEndedMillisMax});
  EXPECT_EQ(Outcome(body), "genuine");
  clock.SetNow({end.value + kCertificateEndedMillisMax + 1});
  const Verdict ended = Judge(body);
  EXPECT_EQ(WordOf(ended), "certificate_ended");
  // Our clock could be wrong.
  EXPECT_EQ(FaultOf(std::get<Refused>(ended).reason), Fault::kUnavailable);

  // An import may go further back.
  std::string word;
  verifier.Verify({.body = body, .certificate_ended_millis_max = 1000 * kMillisPerDay},
                  [&](const Verdict& verdict) { word = WordOf(verdict); });
  EXPECT_EQ(word, "genuine");
}

// A topic that has sent a genuine push has fetches left when a forger has used up the others.
TEST_F(VerifierTest, KeepsFetchesForTopicsThatProvedTheirs) {
  const SnsSigner next(SharedKey(), {.not_after = "2027-03-01T00:00:00Z"});
  Serve(next);
  ASSERT_EQ(Outcome(signer, {}), "genuine");
  const SnsPush unproven{.topic_arn = "arn:aws:sns:us-east-1:123456789012:ses-unproven"};
  for (std::size_t i = 1; i < kUnprovenFetchesPerMinuteMax; ++i) {
    test::SnsFields fields = SignedFields(signer, unproven);
    fields.Set("SigningCertURL",
               test::Quote(Cat("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-",
                               std::string(32, static_cast<char>('0' + i)), ".pem")));
    EXPECT_EQ(Outcome(fields.Render()), "certificate_fetch_failed");
  }
  EXPECT_EQ(Outcome(next, unproven), "certificate_fetch_limit");
  EXPECT_EQ(Outcome(next, {}), "genuine");
}

TEST_F(VerifierTest, RemembersSoManyProvenTopics) {
  const auto topic = [](std::size_t number) {
    return Cat("arn:aws:sns:us-east-1:123456789012:ses-", number);
  };
  for (std::size_t i = 0; i <= kProvenTopicsMax; ++i) {
    ASSERT_EQ(Outcome(signer, {.topic_arn = topic(i)}), "genuine");
  }
  // Two fetches are under way for topics that proved nothing: only one may be.
  fetcher.Hold();
  const auto begin_fetch = [&](const SnsPush& push, char digit) {
    test::SnsFields fields = SignedFields(signer, push);
    fields.Set("SigningCertURL",
               test::Quote(Cat("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-",
                               std::string(32, digit), ".pem")));
    auto word = std::make_shared<std::string>("waits");
    verifier.Verify({.body = fields.Render()},
                    [word](const Verdict& verdict) { *word = WordOf(verdict); });
    return *word;
  };
  EXPECT_EQ(begin_fetch({.topic_arn = topic(kProvenTopicsMax)}, '1'), "waits");
  EXPECT_EQ(begin_fetch({.topic_arn = topic(kProvenTopicsMax)}, '2'), "certificate_fetch_limit");
  EXPECT_EQ(begin_fetch({.topic_arn = topic(kProvenTopicsMax - 1)}, '2'), "waits");
  fetcher.Release();
}

// A registry that keeps its counters' values by "name label".
class CountingMetrics final : public MetricRegistry {
 public:
  struct Count final : Counter {
    void Add(double amount) override { value += amount; }
    double value = 0;
  };
  Counter& GetCounter(const std::string& name, const std::string& /*help*/,
                      const MetricLabels& labels) override {
    return counts[labels.empty() ? name : Cat(name, " ", labels.front().second)];
  }
  Gauge& GetGauge(const std::string& name, const std::string& help,
                  const MetricLabels& labels) override {
    return NoMetrics().GetGauge(name, help, labels);
  }
  Histogram& GetHistogram(const std::string& name, const std::string& help,
                          const MetricLabels& labels, const std::vector<double>& bounds) override {
    return NoMetrics().GetHistogram(name, help, labels, bounds);
  }
  std::map<std::string, Count> counts;
};

TEST_F(VerifierTest, CountsWhatItJudged) {
  CountingMetrics metrics;
  Verifier counted(clock, fetcher.Function(), store.Port(), metrics, {});
  MT_ASSERT_OK_AND_ASSIGN(
      auto sources,
      SourceSet::Make(
          {{.name = "main", .number = 1, .topics = {"arn:aws:sns:us-east-1:123456789012:*"}}}));
  counted.SetSources(std::move(sources));
  const SnsSigner unknown(SharedKey(), {.issuer = "Somebody"});
  Serve(unknown);
  const auto verify = [&](const std::string& body) {
    counted.Verify({.body = body}, [](const Verdict&) {});
  };
  verify(SignedFields(signer, {}).Render());
  verify(SignedFields(signer, {}).Render());
  verify(SignedFields(unknown, {.type = "SubscriptionConfirmation"}).Render());
  verify("{");
  verify(SignedFields(SnsSigner(SharedKey(), {.issuer = "Nobody"}), {}).Render());
  EXPECT_EQ(metrics.counts["mailtrail_sns_genuine_pushes_total Notification"].value, 2);
  EXPECT_EQ(metrics.counts["mailtrail_sns_genuine_pushes_total SubscriptionConfirmation"].value, 1);
  EXPECT_EQ(metrics.counts["mailtrail_sns_refused_pushes_total not_json"].value, 1);
  EXPECT_EQ(metrics.counts["mailtrail_sns_refused_pushes_total certificate_fetch_failed"].value, 1);
  EXPECT_EQ(metrics.counts["mailtrail_sns_certificate_fetches_total fetched"].value, 2);
  EXPECT_EQ(metrics.counts["mailtrail_sns_certificate_fetches_total failed"].value, 1);
  EXPECT_EQ(metrics.counts["mailtrail_sns_unknown_issuers_total"].value, 1);
}

TEST_F(VerifierTest, JudgesOnManyThreads) {
  const std::string body = SignedFields(signer, {}).Render();
  std::atomic<int> genuine = 0;
  std::vector<std::thread> threads;
  constexpr int kThreads = 4;
  constexpr int kPushes = 200;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < kPushes; ++j) {
        verifier.Verify({.body = body}, [&](const Verdict& verdict) {
          if (WordOf(verdict) == "genuine") ++genuine;
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(genuine, kThreads * kPushes);
  EXPECT_EQ(fetcher.calls(), 1);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
