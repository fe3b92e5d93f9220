#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "embedded/hub_tables/record_table.hpp"
#include "endpoint/dynamodb/attribute_value.hpp"
#include "endpoint/operation.hpp"

namespace dsdash::endpoint::dynamodb {

/// The names of two string attributes.
struct KeySchema {
    std::string_view hash;
    std::string_view range;
};

struct IndexSchema {
    std::string_view name;
    KeySchema key;
};

struct TableSchema {
    std::string_view name;
    KeySchema key;
    std::optional<IndexSchema> index;  ///< global, projects all attributes
};

/// A stretch of sort keys, ordered by bytes.
struct SortRange {
    std::string low;
    bool low_is_in = true;
    std::optional<std::string> high;
    bool high_is_in = true;

    [[nodiscard]] bool contains(std::string_view key) const;
};

/// What one Query asks of a table, for one page.
struct KeyQuery {
    std::string hash;
    SortRange range;
    bool by_index = false;
    bool forward = true;
    std::optional<Item> after;  ///< the key (and index key) of the item to start behind
    std::size_t limit = 0;
};

/// A table of the account as DynamoDB shows it. Errors are the file's, unless it says otherwise.
class ItemTable {
  public:
    virtual ~ItemTable() = default;
    [[nodiscard]] virtual const TableSchema& schema() const = 0;
    /// not_found when the table is not deployed.
    virtual Result<TimePoint> created_at() = 0;
    virtual Result<std::int64_t> count() = 0;
    virtual Result<std::optional<Item>> get(const Item& key) = 0;
    /// At most query.limit items by sort key; fewer only at the end.
    virtual Result<std::vector<Item>> query(const KeyQuery& query) = 0;
    /// At most `limit` items behind the key `after`, in an order that stays; fewer only at the end.
    virtual Result<std::vector<Item>> scan(const std::optional<Item>& after,
                                           const embedded::ScanSegment& segment,
                                           std::size_t limit) = 0;
};

/// Names of the tables there may be, sorted.
[[nodiscard]] std::vector<std::string_view> table_names();
/// The table by name or ARN; ResourceNotFoundException when there is none, or it is not deployed.
Result<std::unique_ptr<ItemTable>> open_table(CallContext& context, std::string_view name);
/// The name in a TableName, which may be an ARN.
[[nodiscard]] std::string_view table_name_of(std::string_view name_or_arn);

/// The attributes of `item` that make its key; of the index too when it is read by index.
[[nodiscard]] Item key_of(const Item& item, const TableSchema& schema, bool by_index);

}  // namespace dsdash::endpoint::dynamodb
