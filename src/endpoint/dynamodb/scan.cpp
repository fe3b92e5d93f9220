#include <fmt/format.h>

#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/item_key.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/read_request.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::int64_t kSegmentsMax = 1'000'000;  // API reference, Scan

Result<embedded::ScanSegment> check_segment(const std::optional<std::int64_t>& segment,
                                            const std::optional<std::int64_t>& total) {
    if (!segment && !total) return embedded::ScanSegment{};
    if (!total) {
        return invalid(
            "The TotalSegments parameter is required but was not present in the request when "
            "Segment parameter is present");
    }
    if (!segment) {
        return invalid(
            "The Segment parameter is required but was not present in the request when parameter "
            "TotalSegments is present");
    }
    if (*segment >= *total) {
        return invalid(
            fmt::format("The Segment parameter is zero-based and must be less than parameter "
                        "TotalSegments: Segment: {} is not less than TotalSegments: {}",
                        *segment, *total));
    }
    return embedded::ScanSegment{.index = *segment, .total = *total};
}

}  // namespace

Result<json::object> scan(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto segment_index = fields.integer("Segment", 0, kSegmentsMax - 1);
    const auto segment_total = fields.integer("TotalSegments", 1, kSegmentsMax);
    auto request = ReadRequest::read(input, fields, false);
    if (!request) return std::unexpected(request.error());
    auto segment = check_segment(segment_index, segment_total);
    if (!segment) return std::unexpected(segment.error());

    auto table = open_table(context, request->table_name);
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    if (auto checked = check_against_schema(*request, schema); !checked) {
        return std::unexpected(checked.error());
    }
    std::optional<Item> start;
    if (request->start_key != nullptr) {
        auto read = read_start_key(*request->start_key, schema, request->index_name.has_value());
        if (!read) return std::unexpected(read.error());
        start = *std::move(read);
    }
    return read_page(*request, schema, std::move(start),
                     [&](const std::optional<Item>& after, std::size_t limit) {
                         return (*table)->scan(after, *segment, limit);
                     });
}

}  // namespace dsdash::endpoint::dynamodb
