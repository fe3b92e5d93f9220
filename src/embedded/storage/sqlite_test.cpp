#include "embedded/storage/sqlite.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

class Sqlite : public testing::Test {
  protected:
    Sqlite() : database_(*Database::open(folder_.path() / "a.db", Database::Access::read_write)) {
        EXPECT_TRUE(database_.run_script("CREATE TABLE t(id INTEGER PRIMARY KEY, v)"));
    }

    TemporaryFolder folder_;
    Database database_;
};

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status{};
    EXPECT_EQ(0, ::stat(file.c_str(), &status)) << file;
    return status.st_mode & 0777;
}

TEST_F(Sqlite, KeepsItsFilesPrivate) {
    ASSERT_TRUE(database_.run("INSERT INTO t(v) VALUES (1)"));
    EXPECT_EQ(mode_of(folder_.path() / "a.db"), 0600);
    EXPECT_EQ(mode_of(folder_.path() / "a.db-wal"), 0600);
    EXPECT_EQ(mode_of(folder_.path() / "a.db-shm"), 0600);
}

TEST_F(Sqlite, RunsWithWriteAheadLogAndFullSync) {
    {
        Rows mode = database_.query("PRAGMA journal_mode");
        ASSERT_TRUE(*mode.next());
        EXPECT_EQ(mode.text(0), "wal");
    }
    Rows sync = database_.query("PRAGMA synchronous");
    ASSERT_TRUE(*sync.next());
    EXPECT_EQ(sync.integer(0), 2);
}

TEST_F(Sqlite, KeepsLessOfTheFileForAReader) {
    auto reader = Database::open(folder_.path() / "a.db", Database::Access::read_only);
    ASSERT_TRUE(reader);
    Rows size = reader->query("PRAGMA cache_size");
    ASSERT_TRUE(*size.next());
    EXPECT_EQ(size.integer(0), -1'000);
}

TEST_F(Sqlite, ReturnsWhatWasBound) {
    const std::string with_nul("a\0b", 3);
    ASSERT_TRUE(database_.run("CREATE TABLE k(i, r, s, e, n, o, p)"));
    ASSERT_TRUE(database_.run("INSERT INTO k VALUES (?,?,?,?,?,?,?)",
                              std::int64_t{-9'223'372'036'854'775'807}, 0.5, with_nul,
                              std::string_view{}, nullptr, std::optional<int>{},
                              std::optional<std::string>{"x"}));
    Rows rows = database_.query("SELECT * FROM k");
    ASSERT_TRUE(*rows.next());
    EXPECT_EQ(rows.integer(0), -9'223'372'036'854'775'807);
    EXPECT_EQ(rows.real(1), 0.5);
    EXPECT_EQ(rows.text(2), with_nul);
    EXPECT_FALSE(rows.is_null(3));
    EXPECT_EQ(rows.text(3), "");
    EXPECT_TRUE(rows.is_null(4));
    EXPECT_TRUE(rows.is_null(5));
    EXPECT_EQ(rows.text(6), "x");
    EXPECT_FALSE(*rows.next());
}

TEST_F(Sqlite, TellsHowManyRowsChanged) {
    EXPECT_EQ(*database_.run("INSERT INTO t(v) VALUES (1), (2), (3)"), 3);
    EXPECT_EQ(*database_.run("INSERT INTO t(id) VALUES (1) ON CONFLICT DO NOTHING"), 0);
}

TEST_F(Sqlite, ForgetsBindingsBetweenRuns) {
    ASSERT_TRUE(database_.run("INSERT INTO t(v) VALUES (?)", "first"));
    ASSERT_TRUE(database_.run("INSERT INTO t(v) VALUES (?)"));
    Rows rows = database_.query("SELECT v FROM t ORDER BY id");
    ASSERT_TRUE(*rows.next());
    ASSERT_TRUE(*rows.next());
    EXPECT_TRUE(rows.is_null(0));
}

TEST_F(Sqlite, ThrowsForSqlThatDoesNotPrepare) {
    EXPECT_THROW(static_cast<void>(database_.run("SELECT * FROM nowhere")), std::logic_error);
}

TEST_F(Sqlite, ThrowsWhenARunningStatementIsStartedAgain) {
    ASSERT_TRUE(database_.run("INSERT INTO t(v) VALUES (1), (2)"));
    Rows rows = database_.query("SELECT v FROM t");
    ASSERT_TRUE(*rows.next());
    EXPECT_THROW(database_.query("SELECT v FROM t"), std::logic_error);
}

TEST_F(Sqlite, CallsAFullDiskUnreachable) {
    ASSERT_TRUE(database_.run_script("PRAGMA max_page_count=8"));
    auto inserted = database_.run("INSERT INTO t(v) VALUES (zeroblob(100000))");
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().kind, ErrorKind::unreachable);
    EXPECT_NE(inserted.error().message.find("full"), std::string::npos);
}

TEST_F(Sqlite, CallsAFailedConstraintInternal) {
    ASSERT_TRUE(database_.run("INSERT INTO t(id) VALUES (1)"));
    auto inserted = database_.run("INSERT INTO t(id) VALUES (1)");
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().kind, ErrorKind::internal);
}

TEST_F(Sqlite, RefusesToWriteThroughAReadOnlyConnection) {
    auto reader = *Database::open(folder_.path() / "a.db", Database::Access::read_only);
    auto inserted = reader.run("INSERT INTO t(v) VALUES (1)");
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().kind, ErrorKind::unreachable);
}

TEST_F(Sqlite, DoesNotCreateAFileForReading) {
    auto opened = Database::open(folder_.path() / "none.db", Database::Access::read_only);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::unreachable);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "none.db"));
}

TEST_F(Sqlite, ReportsAFolderThatIsNotThere) {
    auto opened =
        Database::open(folder_.path() / "no" / "such" / "a.db", Database::Access::read_write);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::unreachable);
}

TEST_F(Sqlite, RefusesAFileThatIsNoDatabase) {
    const auto file = folder_.path() / "notes.db";
    std::ofstream(file) << std::string(8'192, 'x');
    auto opened = Database::open(file, Database::Access::read_write);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace dsdash::embedded
