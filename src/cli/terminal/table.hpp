#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace dsdash::cli {

/// What --output chooses.
enum class OutputFormat { table, json, csv };

struct Column {
    enum class Kind {
        text,
        number,  ///< cells hold JSON numbers, or nothing; set to the right, written as they are
        age,     ///< for a person's eyes: left out of json and csv
    };
    std::string name;  ///< the heading and, in json, the key
    Kind kind = Kind::text;
};

/// Rows of an answer, printed in whichever format was asked for.
class Table {
  public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// One cell a column.
    void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    /// table: aligned, one line a row whatever the cells hold. json: an array of objects. csv: a
    /// line of headings, fields quoted as RFC 4180 has it, lines ended as Unix ends them.
    void print(std::ostream& out, OutputFormat format) const;

  private:
    void print_table(std::ostream& out) const;
    void print_json(std::ostream& out) const;
    void print_csv(std::ostream& out) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace dsdash::cli
