#include "embedded/ledger/job_ledger.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

using std::chrono::seconds;

class JobLedgerTest : public testing::Test {
  protected:
    TrainingJob find(std::string_view name) { return ledger_.find(name).value().value(); }
    void wait(seconds time) { fixture_.clock().time += time; }
    Result<TrainingJob> start(std::string_view name) { return ledger_.start(name, {"./train"}); }

    PartFixture fixture_{JobLedger::schema()};
    const TimePoint begin_ = fixture_.clock().time;
    JobLedger ledger_{fixture_.parts()};
};

TEST_F(JobLedgerTest, RecordsAJobInProgress) {
    ASSERT_TRUE(ledger_.start("train-1", {"./train", "--name", "a \"b\"\n\xc3\xa4"}));
    const TrainingJob job = find("train-1");
    EXPECT_EQ(job.status, "InProgress");
    EXPECT_EQ(job.command, (std::vector<std::string>{"./train", "--name", "a \"b\"\n\xc3\xa4"}));
    EXPECT_EQ(job.created, begin_);
    EXPECT_EQ(job.last_modified, begin_);
    EXPECT_FALSE(job.ended);
}

TEST_F(JobLedgerTest, RecordsHowAJobEnded) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(10));
    ASSERT_TRUE(ledger_.finish("train-1", "Failed", "exit status 3"));
    const TrainingJob job = find("train-1");
    EXPECT_EQ(job.status, "Failed");
    EXPECT_EQ(job.failure_reason, "exit status 3");
    EXPECT_EQ(job.last_modified, begin_ + seconds(10));
    EXPECT_EQ(job.ended, begin_ + seconds(10));
}

TEST_F(JobLedgerTest, UsesANameOnce) {
    ASSERT_TRUE(start("train-1"));
    EXPECT_EQ(start("train-1").error().code, "ResourceInUse");
    EXPECT_EQ(ledger_.start("train-1", {"./train"}, "token").error().code, "ResourceInUse");
    ASSERT_TRUE(ledger_.finish("train-1", "Completed", ""));
    EXPECT_EQ(start("train-1").error().kind, ErrorKind::conflict);
}

TEST_F(JobLedgerTest, StartToldAgainWithItsTokenIsTheSameStart) {
    ASSERT_TRUE(ledger_.start("train-1", {"./train"}, "token"));
    EXPECT_TRUE(ledger_.start("train-1", {"./train"}, "token"));
    EXPECT_EQ(ledger_.start("train-1", {"./train"}, "other").error().code, "ResourceInUse");
    EXPECT_EQ(ledger_.start("train-2", {"./train"}, std::string(65, 't')).error().kind,
              ErrorKind::malformed_input);
}

TEST_F(JobLedgerTest, GivesUpAJobThatIsSilentForThirtySeconds) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(29));
    EXPECT_EQ(find("train-1").status, "InProgress");
    wait(seconds(1));
    const TrainingJob job = find("train-1");
    EXPECT_EQ(job.status, "Failed");
    EXPECT_EQ(job.failure_reason, "The job was not heard of for 30 s.");
}

TEST_F(JobLedgerTest, DatesTheVerdictWhenTheSilenceWasTooLong) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(3'600));
    const auto page = ledger_.list({}).value();
    ASSERT_EQ(page.entries.size(), 1U);
    EXPECT_EQ(page.entries[0].last_modified, begin_ + seconds(30));
    EXPECT_EQ(page.entries[0].ended, begin_ + seconds(30));
}

TEST_F(JobLedgerTest, KeepsAJobThatIsHeardOf) {
    ASSERT_TRUE(start("train-1"));
    for (int beat = 0; beat < 5; ++beat) {
        wait(seconds(20));
        ASSERT_TRUE(ledger_.heartbeat("train-1"));
    }
    const TrainingJob job = find("train-1");
    EXPECT_EQ(job.status, "InProgress");
    EXPECT_EQ(job.last_modified, begin_);
}

TEST_F(JobLedgerTest, RefusesTheHeartbeatOfAJobThatWasGivenUp) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(31));
    const auto heard = ledger_.heartbeat("train-1");
    ASSERT_FALSE(heard);
    EXPECT_EQ(heard.error().kind, ErrorKind::conflict);
    EXPECT_EQ(heard.error().message,
              "Job train-1 is Failed already. The job was not heard of for 30 s.");
}

TEST_F(JobLedgerTest, LetsTheRealEndReplaceTheVerdict) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(60));
    ASSERT_EQ(find("train-1").status, "Failed");
    ASSERT_TRUE(ledger_.finish("train-1", "Completed", ""));
    const TrainingJob job = find("train-1");
    EXPECT_EQ(job.status, "Completed");
    EXPECT_EQ(job.failure_reason, "");
    EXPECT_EQ(job.ended, begin_ + seconds(60));
}

TEST_F(JobLedgerTest, DoesNotBlameJobsForTheTimeItWasNotThere) {
    ASSERT_TRUE(start("train-1"));
    wait(seconds(600));
    JobLedger restarted(fixture_.parts());
    wait(seconds(29));
    EXPECT_EQ(restarted.find("train-1").value()->status, "InProgress");
    ASSERT_TRUE(restarted.heartbeat("train-1"));
    wait(seconds(30));
    EXPECT_EQ(restarted.find("train-1").value()->last_modified, begin_ + seconds(659));
}

TEST_F(JobLedgerTest, TakesTheSameEndTwiceButNotAnother) {
    ASSERT_TRUE(start("train-1"));
    ASSERT_TRUE(ledger_.finish("train-1", "Completed", ""));
    wait(seconds(5));
    EXPECT_TRUE(ledger_.finish("train-1", "Completed", ""));
    EXPECT_EQ(find("train-1").last_modified, begin_);
    EXPECT_EQ(ledger_.finish("train-1", "Failed", "x").error().kind, ErrorKind::conflict);
    EXPECT_EQ(ledger_.heartbeat("train-1").error().kind, ErrorKind::conflict);
    EXPECT_EQ(find("train-1").status, "Completed");
}

TEST_F(JobLedgerTest, DoesNotKnowWhatWasNotStarted) {
    EXPECT_FALSE(ledger_.find("none").value());
    EXPECT_EQ(ledger_.heartbeat("none").error().kind, ErrorKind::not_found);
    EXPECT_EQ(ledger_.finish("none", "Completed", "").error().kind, ErrorKind::not_found);
}

TEST_F(JobLedgerTest, RefusesEndsThatAreNone) {
    ASSERT_TRUE(start("train-1"));
    for (std::string_view status : {"", "InProgress", "completed", "Stopping", "Deleting"}) {
        EXPECT_EQ(ledger_.finish("train-1", status, "").error().kind, ErrorKind::malformed_input)
            << status;
    }
    EXPECT_FALSE(ledger_.finish("train-1", "Failed", std::string(1'025, 'x')));
    EXPECT_EQ(find("train-1").status, "InProgress");
}

TEST_F(JobLedgerTest, RefusesJobsWithoutANameOrACommand) {
    EXPECT_FALSE(ledger_.start("", {"x"}));
    EXPECT_FALSE(ledger_.start("a_b", {"x"}));
    EXPECT_FALSE(ledger_.start("a", {}));
    EXPECT_FALSE(ledger_.start("a", {std::string(17'000, 'x')}));
}

}  // namespace
}  // namespace dsdash::embedded
