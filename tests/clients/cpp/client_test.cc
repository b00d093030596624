#include "clients/cpp/client.h"

#include <chrono>
#include <string>

#include "clients/cpp/channel.h"
#include "clients/cpp/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/clients/cpp/scripted_server.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::client {
namespace {

using test::Refusal;
using test::StatusIs;

class ClientTest : public testing::Test {
 protected:
  test::ScriptedService service_;
  test::ScriptedServer server_{service_};
  const Client client_{Connect(server_.address())};
};

TEST_F(ClientTest, GivesTheAnswer) {
  const auto event = client_.GetEvent("e1", v1::EVENT_VIEW_FULL);
  ASSERT_OK(event.status());
  EXPECT_EQ(event->id(), "e1");
}

TEST_F(ClientTest, AnErrorKeepsCodeSentenceReasonAndMetadata) {
  service_.SetStatus(
      Refusal(grpc::StatusCode::INVALID_ARGUMENT, "FIELD_INVALID", "field", "page_size"));
  const auto page = client_.ListEvents({});
  EXPECT_THAT(page, StatusIs(absl::StatusCode::kInvalidArgument, "a sentence"));
  EXPECT_EQ(ErrorInfoOf(page.status()).reason, "FIELD_INVALID");
  EXPECT_EQ(ErrorInfoOf(page.status()).metadata.at("field"), "page_size");
}

TEST_F(ClientTest, ACallEndsAtItsDeadline) {
  service_.HoldCalls();
  const Client hurried(Connect(server_.address()), 50);
  EXPECT_THAT(hurried.GetEvent("e1", v1::EVENT_VIEW_FULL),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(ClientTest, TakesAnAnswerUpToTheLimitAndNoLarger) {
  service_.SetAnswerBytes(kReceiveBytesMax - 100);
  EXPECT_OK(client_.ListEvents({}).status());
  service_.SetAnswerBytes(kReceiveBytesMax + 1);
  const auto page = client_.ListEvents({});
  EXPECT_THAT(page, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_FALSE(IsRetryable(page.status())) << "it would be as large the next time";
}

TEST_F(ClientTest, NobodyThereIsUnavailableAtOnceAndASecondTryMayFindSomebody) {
  server_.Stop();
  EXPECT_THAT(client_.GetEvent("e1", v1::EVENT_VIEW_FULL),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(client_.ListSources(), StatusIs(absl::StatusCode::kUnavailable));
  server_.Start();
  const auto channel = Connect(server_.address());
  ASSERT_TRUE(
      channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::minutes(1)));
  EXPECT_OK(Client(channel).GetEvent("e1", v1::EVENT_VIEW_FULL).status());
}

}  // namespace
}  // namespace mailtrail::client
