#include "domain/arn.hpp"

#include <gtest/gtest.h>

namespace dsdash {

namespace {

const Region kIreland = *Region::parse("eu-west-1");
const AccountId kHub = *AccountId::parse("111111111111");

}  // namespace

TEST(Arn, TakesSixPartsApart) {
    const auto arn = Arn::parse("arn:aws:events:eu-west-1:111111111111:rule/a/b");
    ASSERT_TRUE(arn);
    EXPECT_EQ(*arn, (Arn{"aws", "events", "eu-west-1", "111111111111", "rule/a/b"}));
}

TEST(Arn, KeepsColonsInTheResource) {
    EXPECT_EQ(Arn::parse("arn:aws:lambda:r:1:function:f:42")->resource, "function:f:42");
}

TEST(Arn, MayHaveNoRegionAndNoAccount) {
    const auto arn = Arn::parse("arn:aws:s3:::bucket/key");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->to_string(), "arn:aws:s3:::bucket/key");
}

TEST(Arn, RefusesMissingParts) {
    for (const auto* text :
         {"", "arn", "arn:aws:events:r:1", "urn:aws:events:r:1:x", "arn::events:r:1:x",
          "arn:aws::r:1:x", "arn:aws:events:r:1:", ":::::"}) {
        EXPECT_EQ(Arn::parse(text).error().kind, ErrorKind::malformed_input) << text;
    }
}

TEST(Arn, NamesResourcesAsAwsDoes) {
    const std::string at = ":eu-west-1:111111111111:";
    EXPECT_EQ(event_bus_arn(kIreland, kHub, "default"),
              "arn:aws:events" + at + "event-bus/default");
    EXPECT_EQ(rule_arn(kIreland, kHub, "r"), "arn:aws:events" + at + "rule/r");
    EXPECT_EQ(function_arn(kIreland, kHub, "f"), "arn:aws:lambda" + at + "function:f");
    EXPECT_EQ(table_arn(kIreland, kHub, "t"), "arn:aws:dynamodb" + at + "table/t");
    EXPECT_EQ(training_job_arn(kIreland, kHub, "j"), "arn:aws:sagemaker" + at + "training-job/j");
    EXPECT_EQ(endpoint_arn(kIreland, kHub, "e"), "arn:aws:sagemaker" + at + "endpoint/e");
    EXPECT_EQ(queue_arn(kIreland, kHub, "q"), "arn:aws:sqs" + at + "q");
    EXPECT_EQ(role_arn(kIreland, kHub, "r"), "arn:aws:iam::111111111111:role/r");
}

TEST(Arn, OfAParameterHasOneSlashWhateverItsName) {
    const std::string start = "arn:aws:ssm:eu-west-1:111111111111:parameter/";
    EXPECT_EQ(parameter_arn(kIreland, kHub, "/monitors/TestHub"), start + "monitors/TestHub");
    EXPECT_EQ(parameter_arn(kIreland, kHub, "plain"), start + "plain");
}

TEST(Arn, PartitionFollowsTheRegion) {
    EXPECT_EQ(partition_of(kIreland), "aws");
    EXPECT_EQ(partition_of(*Region::parse("cn-north-1")), "aws-cn");
    EXPECT_EQ(partition_of(*Region::parse("us-gov-west-1")), "aws-us-gov");
}

}  // namespace dsdash
