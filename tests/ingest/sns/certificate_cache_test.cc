#include "ingest/sns/certificate_cache.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "ingest/sns/limits.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"

namespace mailtrail::ingest::sns {
namespace {

using test::SnsSigner;
using ::testing::Each;
using ::testing::ElementsAre;

std::string WordOfFound(const CertificateCache::Found& found) {
  const auto* const refused = std::get_if<Refused>(&found);
  return refused == nullptr ? "good" : std::string(Word(refused->reason));
}

class CertificateCacheTest : public ::testing::Test {
 protected:
  CertificateCacheTest() : signer(SharedKey()) {
    fetcher.Answer(signer.Url(), signer.certificate());
  }

  static CertificateCache::Wanted Wanted(const SnsSigner& of, bool proven = false) {
    return {.url = of.Url(),
            .file = of.file_name(),
            .expected_name = "sns.amazonaws.com",
            .proven_topic = proven};
  }
  // A certificate that no host has.
  static CertificateCache::Wanted Invented(std::size_t number, bool proven = false) {
    const std::string file = Cat("invented-", number);
    return {.url = Cat("https://sns.us-east-1.amazonaws.com/", file),
            .file = file,
            .expected_name = "sns.amazonaws.com",
            .proven_topic = proven};
  }
  // What comes at once, or "waits".
  std::string Get(CertificateCache& from, const CertificateCache::Wanted& wanted) {
    auto word = std::make_shared<std::string>("waits");
    from.Get(wanted, [this, word](const CertificateCache::Found& found) {
      *word = WordOfFound(found);
      answers.push_back(*word);
    });
    return *word;
  }
  std::string Get(const CertificateCache::Wanted& wanted) { return Get(cache, wanted); }

  test::FakeClock clock;
  test::FakeFetcher fetcher;
  MemoryCertificateStore store;
  CertificateCache cache{clock, fetcher.Function(), store.Port(), NoMetrics(), {}};
  SnsSigner signer;
  std::vector<std::string> answers;
};

TEST_F(CertificateCacheTest, FetchesACertificateOnce) {
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_THAT(fetcher.urls(), ElementsAre(signer.Url()));
}

TEST_F(CertificateCacheTest, StoresWhatItFetchedAndUsesItAfterARestart) {
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_EQ(store.pems[signer.Url()], signer.certificate());
  fetcher.Answer(signer.Url(), absl::UnavailableError("down"));
  CertificateCache restarted(clock, fetcher.Function(), store.Port(), NoMetrics(), {});
  EXPECT_EQ(Get(restarted, Wanted(signer)), "good");
  EXPECT_EQ(fetcher.calls(), 1);
}

TEST_F(CertificateCacheTest, FetchesAgainWhenWhatIsStoredIsNoGood) {
  store.pems[signer.Url()] = "damaged";
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_EQ(fetcher.calls(), 1);
  EXPECT_EQ(store.pems[signer.Url()], signer.certificate());
}

TEST_F(CertificateCacheTest, PrefersSeededOnesAndTakesThemAsGiven) {
  const SnsSigner self_signed(SharedKey(), {.issuer = ""});
  cache.SetSeeded({{self_signed.file_name(), Certificate::Parse(self_signed.certificate())}});
  EXPECT_EQ(Get(Wanted(self_signed)), "good");
  CertificateCache::Wanted other_region = Wanted(self_signed);
  other_region.expected_name = "sns-signing.af-south-1.amazonaws.com";
  EXPECT_EQ(Get(other_region), "certificate_name");
  const SnsSigner weak(test::SnsKey::Make(1024));
  cache.SetSeeded({{weak.file_name(), Certificate::Parse(weak.certificate())}});
  EXPECT_EQ(Get(Wanted(weak)), "certificate_key");
  EXPECT_EQ(fetcher.calls(), 0);
}

TEST_F(CertificateCacheTest, RefusesWhatShouldNotComeFromAws) {
  const auto fetched = [&](const SnsSigner& one) {
    fetcher.Answer(one.Url(), one.certificate());
    clock.Advance(kMillisPerMinute);
    return Get(Wanted(one));
  };
  EXPECT_EQ(fetched(SnsSigner(SharedKey(), {.issuer = ""})), "certificate_self_signed");
  EXPECT_EQ(fetched(SnsSigner(SharedKey(), {.dns_names = {"sns.us-east-1.amazonaws.com"}})),
            "certificate_name");
  EXPECT_EQ(fetched(SnsSigner(SharedKey(), {.is_authority = true})), "certificate_of_authority");
  EXPECT_EQ(fetched(SnsSigner(test::SnsKey::Make(1024))), "certificate_key");
  EXPECT_EQ(fetched(SnsSigner(test::SnsKey::MakeElliptic())), "certificate_key");
  fetcher.Answer(Invented(1).url, Cat("<xml>", signer.certificate(), "</xml>"));
  EXPECT_EQ(Get(Invented(1)), "certificate_malformed");
  EXPECT_TRUE(store.pems.empty());
}

TEST_F(CertificateCacheTest, AcceptsAnUnknownIssuerUnlessToldOtherwise) {
  const SnsSigner unknown(SharedKey(), {.issuer = "Amazon RSA 4096 M77"});
  fetcher.Answer(unknown.Url(), unknown.certificate());
  MemoryCertificateStore empty_store;
  CertificateCache strict(clock, fetcher.Function(), empty_store.Port(), NoMetrics(),
                          {.require_known_issuer = true});
  EXPECT_EQ(Get(strict, Wanted(unknown)), "unknown_issuer");
  EXPECT_EQ(Get(Wanted(unknown)), "good");
}

TEST_F(CertificateCacheTest, RemembersAFailureForTenSecondsOnly) {
  fetcher.Answer(signer.Url(), absl::UnavailableError("HTTP status 500"));
  EXPECT_EQ(Get(Wanted(signer)), "certificate_fetch_failed");
  fetcher.Answer(signer.Url(), signer.certificate());
  clock.Advance(kFailureMillisMax - 1);
  EXPECT_EQ(Get(Wanted(signer)), "certificate_fetch_failed");
  EXPECT_EQ(fetcher.calls(), 1);
  clock.Advance(1);
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_EQ(fetcher.calls(), 2);
}

TEST_F(CertificateCacheTest, LetsManyWaitForOneFetch) {
  fetcher.Hold();
  for (std::size_t i = 0; i < kWaitersMax; ++i) EXPECT_EQ(Get(Wanted(signer)), "waits");
  // One too many, for this certificate and for any other.
  EXPECT_EQ(Get(Wanted(signer)), "certificate_fetch_limit");
  EXPECT_EQ(Get(Invented(1, /*proven=*/true)), "certificate_fetch_limit");
  answers.clear();
  fetcher.Release();
  EXPECT_EQ(answers.size(), kWaitersMax);
  EXPECT_THAT(answers, Each("good"));
  EXPECT_EQ(fetcher.calls(), 1);
}

TEST_F(CertificateCacheTest, FetchesTwoAtATimeAndOneForTopicsThatProvedNothing) {
  fetcher.Hold();
  EXPECT_EQ(Get(Invented(1)), "waits");
  EXPECT_EQ(Get(Invented(2)), "certificate_fetch_limit");
  EXPECT_EQ(Get(Wanted(signer, /*proven=*/true)), "waits");
  EXPECT_EQ(Get(Invented(3, /*proven=*/true)), "certificate_fetch_limit");
  EXPECT_EQ(fetcher.calls(), kFetchesInFlightMax);
  fetcher.Release();
  EXPECT_THAT(answers, ElementsAre("certificate_fetch_limit", "certificate_fetch_limit",
                                   "certificate_fetch_failed", "good"));
}

TEST_F(CertificateCacheTest, FetchesTenAMinuteAndSixForTopicsThatProvedNothing) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < kUnprovenFetchesPerMinuteMax; ++i) {
    EXPECT_EQ(Get(Invented(++number)), "certificate_fetch_failed");
  }
  EXPECT_EQ(Get(Invented(++number)), "certificate_fetch_limit");
  for (std::size_t i = kUnprovenFetchesPerMinuteMax; i < kFetchesPerMinuteMax; ++i) {
    EXPECT_EQ(Get(Invented(++number, /*proven=*/true)), "certificate_fetch_failed");
  }
  EXPECT_EQ(Get(Wanted(signer, /*proven=*/true)), "certificate_fetch_limit");
  clock.Advance(kMillisPerMinute - 1);
  EXPECT_EQ(Get(Wanted(signer, /*proven=*/true)), "certificate_fetch_limit");
  EXPECT_EQ(fetcher.calls(), kFetchesPerMinuteMax);
  clock.Advance(1);
  // A limit is no failure: nothing of it is remembered.
  EXPECT_EQ(Get(Wanted(signer)), "good");
}

TEST_F(CertificateCacheTest, KeepsSixteenAndDropsTheLeastRecentlyUsed) {
  const CertificateStore forgetful = {.load = [](std::string_view) { return std::nullopt; },
                                      .store = [](std::string_view, std::string_view) {}};
  CertificateCache small(clock, fetcher.Function(), forgetful, NoMetrics(), {});
  const auto get = [&](std::size_t number) {
    clock.Advance(kMillisPerMinute);
    return Get(small, Invented(number));
  };
  for (std::size_t i = 0; i <= kCachedCertificatesMax; ++i) {
    fetcher.Answer(Invented(i).url, signer.certificate());
  }
  for (std::size_t i = 0; i < kCachedCertificatesMax; ++i) EXPECT_EQ(get(i), "good");
  EXPECT_EQ(get(0), "good");
  EXPECT_EQ(fetcher.calls(), kCachedCertificatesMax);
  EXPECT_EQ(get(kCachedCertificatesMax), "good");  // Drops number 1.
  EXPECT_EQ(get(0), "good");
  EXPECT_EQ(fetcher.calls(), kCachedCertificatesMax + 1);
  EXPECT_EQ(get(1), "good");
  EXPECT_EQ(fetcher.calls(), kCachedCertificatesMax + 2);
}

TEST_F(CertificateCacheTest, GivesUpAFetchThatNeverAnswers) {
  fetcher.Hold();
  EXPECT_EQ(Get(Wanted(signer)), "waits");
  clock.Advance(kFlightMillisMax - 1);
  EXPECT_EQ(Get(Invented(1)), "certificate_fetch_limit");
  clock.Advance(1);
  EXPECT_EQ(Get(Invented(1)), "waits");
  EXPECT_THAT(answers, ElementsAre("certificate_fetch_limit", "certificate_fetch_failed"));
  // The answer that comes too late is kept for the next push, and calls nobody twice.
  fetcher.Release();
  EXPECT_EQ(Get(Wanted(signer)), "good");
  EXPECT_EQ(answers.size(), 4);
  EXPECT_EQ(fetcher.calls(), 2);
}

TEST_F(CertificateCacheTest, SharesOneFetchAmongThreads) {
  fetcher.Hold();
  constexpr int kThreads = 8;
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        cache.Get(Wanted(signer), [&](const CertificateCache::Found& found) {
          if (WordOfFound(found) == "good") ++good;
        });
      }
    });
  }
  threads.emplace_back([&] { fetcher.Release(); });
  for (std::thread& thread : threads) thread.join();
  fetcher.Release();
  EXPECT_EQ(good, kThreads * 10);
  EXPECT_EQ(fetcher.calls(), 1);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
