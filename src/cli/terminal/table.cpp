#include "cli/terminal/table.hpp"

#include <algorithm>

#include "cli/terminal/printable.hpp"
#include "domain/json_text.hpp"

namespace dsdash::cli {

namespace {

constexpr std::string_view kGap = "  ";

void print_padded(std::ostream& out, std::string_view text, std::size_t width, bool to_the_right) {
    const auto own_width = display_width(text);
    const std::string padding(width > own_width ? width - own_width : 0, ' ');
    if (to_the_right) {
        out << padding << text;
    } else {
        out << text << padding;
    }
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') {
            quoted += '"';
        }
    }
    return quoted + '"';
}

std::string json_cell(const Column& column, std::string_view cell) {
    if (column.kind == Column::Kind::number) {
        return cell.empty() ? "null" : std::string(cell);
    }
    std::string text;
    append_json_string(text, cell);
    return text;
}

}  // namespace

void Table::print(std::ostream& out, OutputFormat format) const {
    switch (format) {
        case OutputFormat::table:
            return print_table(out);
        case OutputFormat::json:
            return print_json(out);
        case OutputFormat::csv:
            return print_csv(out);
    }
}

void Table::print_table(std::ostream& out) const {
    std::vector<std::vector<std::string>> lines(1);
    for (const auto& column : columns_) {
        lines.front().push_back(column.name);
    }
    for (const auto& row : rows_) {
        auto& line = lines.emplace_back();
        std::ranges::transform(row, std::back_inserter(line), printable);
    }
    std::vector<std::size_t> widths(columns_.size());
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(line[i]));
        }
    }
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool last = i + 1 == line.size();
            const bool to_the_right = columns_[i].kind != Column::Kind::text;
            print_padded(out, line[i], last && !to_the_right ? 0 : widths[i], to_the_right);
            out << (last ? "\n" : kGap);
        }
    }
}

void Table::print_json(std::ostream& out) const {
    out << '[';
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        out << (row == 0 ? "\n  {" : ",\n  {");
        const char* separator = "";
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].kind == Column::Kind::age) {
                continue;
            }
            std::string member;
            append_json_string(member, columns_[i].name);
            out << separator << member << ": " << json_cell(columns_[i], rows_[row][i]);
            separator = ", ";
        }
        out << '}';
    }
    out << (rows_.empty() ? "]\n" : "\n]\n");
}

void Table::print_csv(std::ostream& out) const {
    const auto print_row = [&](const auto& cell_of) {
        const char* separator = "";
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].kind != Column::Kind::age) {
                out << separator << csv_field(cell_of(i));
                separator = ",";
            }
        }
        out << '\n';
    };
    print_row([&](std::size_t i) -> const std::string& { return columns_[i].name; });
    for (const auto& row : rows_) {
        print_row([&](std::size_t i) -> const std::string& { return row[i]; });
    }
}

}  // namespace dsdash::cli
