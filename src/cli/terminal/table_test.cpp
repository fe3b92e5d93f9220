#include "cli/terminal/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace dsdash::cli {
namespace {

std::string print(const Table& table, OutputFormat format) {
    std::ostringstream out;
    table.print(out, format);
    return out.str();
}

Table two_rows() {
    Table table({{"Name"}, {"Value", Column::Kind::number}, {"Age", Column::Kind::age}, {"Note"}});
    table.add_row({"jobs", "12", "3 s", "fine"});
    table.add_row({"a, \"b\"", "0.10", "2 h", ""});
    return table;
}

TEST(Table, AlignsTextLeftAndNumbersRight) {
    EXPECT_EQ(print(two_rows(), OutputFormat::table),
              "Name    Value  Age  Note\n"
              "jobs       12  3 s  fine\n"
              "a, \"b\"   0.10  2 h  \n");
}

TEST(Table, JsonKeepsNumbersExactAndLeavesAgeOut) {
    EXPECT_EQ(print(two_rows(), OutputFormat::json),
              "[\n"
              "  {\"Name\": \"jobs\", \"Value\": 12, \"Note\": \"fine\"},\n"
              "  {\"Name\": \"a, \\\"b\\\"\", \"Value\": 0.10, \"Note\": \"\"}\n"
              "]\n");
}

TEST(Table, CsvQuotesWhatNeedsIt) {
    EXPECT_EQ(print(two_rows(), OutputFormat::csv),
              "Name,Value,Note\n"
              "jobs,12,fine\n"
              "\"a, \"\"b\"\"\",0.10,\n");
}

TEST(Table, EmptyTableIsAnEmptyAnswerInEveryFormat) {
    const Table table({{"Name"}});
    EXPECT_EQ(print(table, OutputFormat::table), "Name\n");
    EXPECT_EQ(print(table, OutputFormat::json), "[]\n");
    EXPECT_EQ(print(table, OutputFormat::csv), "Name\n");
}

TEST(Table, AbsentNumberIsNullInJson) {
    Table table({{"Value", Column::Kind::number}});
    table.add_row({""});
    EXPECT_EQ(print(table, OutputFormat::json), "[\n  {\"Value\": null}\n]\n");
}

TEST(Table, HostileTextCannotLeaveItsCell) {
    Table table({{"Name"}});
    table.add_row({"a\nb\x1b[2J\xc2\x9b"});
    EXPECT_EQ(print(table, OutputFormat::table), "Name\na\\nb\\x1b[2J\\x9b\n");
    EXPECT_EQ(print(table, OutputFormat::csv), "Name\n\"a\nb\x1b[2J\xc2\x9b\"\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
    Table table({{"Name"}, {"B"}});
    table.add_row({"äöü", "1"});
    table.add_row({"abcd", "2"});
    EXPECT_EQ(print(table, OutputFormat::table), "Name  B\näöü   1\nabcd  2\n");
}

}  // namespace
}  // namespace dsdash::cli
