#include "embedded/hub_tables/event_id_column.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

constexpr std::string_view kUuid = "019aba00-0f2c-7abc-8def-0123456789ab";

class EventIdColumnTest : public testing::Test {
  protected:
    EventIdColumnTest() {
        EXPECT_TRUE(database_->run_script("CREATE TABLE ids(event_id ANY) STRICT"));
    }

    std::string stored_and_read(std::string_view event_id) {
        EXPECT_TRUE(database_->run("DELETE FROM ids"));
        EXPECT_TRUE(database_->run("INSERT INTO ids VALUES (?)", to_event_id_column(event_id)));
        Rows rows =
            database_->query("SELECT event_id, length(event_id), typeof(event_id) FROM ids");
        EXPECT_TRUE(rows.next().value());
        length_ = rows.integer(1);
        type_ = rows.text(2);
        return read_event_id(rows, 0);
    }

    TemporaryFolder folder_;
    Result<Database> database_ =
        Database::open(folder_.path() / "ids.db", Database::Access::read_write);
    std::int64_t length_ = 0;
    std::string type_;
};

TEST_F(EventIdColumnTest, UuidTakesSixteenBytes) {
    EXPECT_EQ(stored_and_read(kUuid), kUuid);
    EXPECT_EQ(length_, 16);
}

TEST_F(EventIdColumnTest, OtherIdsAreKeptAsTheyAre) {
    std::string capitals(kUuid);
    capitals[3] = 'A';
    std::string misplaced(kUuid);
    std::swap(misplaced[8], misplaced[9]);
    std::string no_digit(kUuid);
    no_digit[35] = 'g';
    for (const auto& id :
         {std::string("e-1"), capitals, misplaced, no_digit, std::string(kUuid.substr(1)),
          std::string(kUuid) + "0", std::string(36, '0'), std::string(16, 'x')}) {
        EXPECT_EQ(stored_and_read(id), id);
        EXPECT_EQ(type_, "text");
    }
}

TEST_F(EventIdColumnTest, NoIdIsNull) {
    EXPECT_EQ(stored_and_read(""), "");
    EXPECT_EQ(type_, "null");
}

}  // namespace
}  // namespace dsdash::embedded
