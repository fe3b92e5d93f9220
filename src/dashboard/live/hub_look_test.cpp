#include "dashboard/live/hub_look.hpp"

#include <gtest/gtest.h>

#include "dashboard/testing/fake_hubs.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::dashboard {
namespace {

class HubLooks : public testing::Test {
  protected:
    const AccountId hub_id_ = AccountId::parse("111111111111").value();
    FakeHubs hubs_;
    FakeHubs::Tables& hub_ = hubs_.hub("111111111111");
    FetchLog fetches_;
    FakeClock clock_;
    HubLook look_{hubs_, fetches_, clock_};
};

TEST_F(HubLooks, GiveTheSameNumbersUntilSomethingChanges) {
    const auto before = look_(hub_id_, {});
    EXPECT_EQ(before.size(), 4U);
    EXPECT_EQ(look_(hub_id_, {}), before);
    MetricRecord record;
    record.series = {"Jobs", "churn", "dev", "222222222222"};
    record.extraction_date = clock_.now();
    hub_.metrics.put({&record, 1});
    const auto after = look_(hub_id_, {});
    EXPECT_NE(after.at("latest"), before.at("latest"));
    EXPECT_NE(after.at("overview"), before.at("overview"));
}

TEST_F(HubLooks, SeeNothingOfOtherProjects) {
    const auto before = look_(hub_id_, {{"fraud"}});
    MetricRecord record;
    record.series = {"Jobs", "churn", "dev", "222222222222"};
    record.extraction_date = clock_.now();
    hub_.metrics.put({&record, 1});
    clock_.time += HubLook::kThoroughInterval;
    EXPECT_EQ(look_(hub_id_, {{"fraud"}}), before);
    EXPECT_NE(look_(hub_id_, {{"churn"}}).at("latest"), before.at("latest"));
}

TEST_F(HubLooks, LookAtWhatCostsMoreNowAndThen) {
    const auto before = look_(hub_id_, {});
    hub_.findings = {{hub_id_, "self", "dead letters", doctor::Finding::State::wrong, "1", ""}};
    EXPECT_EQ(look_(hub_id_, {}).at("attention"), before.at("attention"));
    clock_.time += HubLook::kThoroughInterval;
    EXPECT_NE(look_(hub_id_, {}).at("attention"), before.at("attention"));
    EXPECT_NE(look_(hub_id_, {}).at("spokes"), before.at("spokes"));
}

TEST_F(HubLooks, TakeAnErrorForAnAnswer) {
    const auto before = look_(hub_id_, {});
    hub_.metrics.failure = Error{ErrorKind::unreachable, "no disk", "", "", ""};
    const auto failed = look_(hub_id_, {});
    EXPECT_NE(failed.at("latest"), before.at("latest"));
    EXPECT_EQ(look_(hub_id_, {}).at("latest"), failed.at("latest"));
    EXPECT_EQ(look_(AccountId::parse("999999999999").value(), {}).size(), 4U);
}

}  // namespace
}  // namespace dsdash::dashboard
