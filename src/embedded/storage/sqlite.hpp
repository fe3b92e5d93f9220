#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "domain/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace dsdash::embedded {

/// The rows of a running statement. Resets the statement when it goes; views die with next().
class Rows {
  public:
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    /// true: a row stands ready; false: there are no more. unreachable when the disk fails or is
    /// full, internal for anything else that SQLite reports.
    Result<bool> next();
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] bool is_integer(int column) const;
    [[nodiscard]] bool is_blob(int column) const;

  private:
    friend class Database;
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    sqlite3_stmt* statement_;
};

/// One connection to an account's file. Statements are prepared once and kept; a statement that is
/// still running (its Rows live) must not be started again. Not for several threads at once.
class Database {
  public:
    enum class Access { read_write, read_only };

    /// Creates the file (mode 0600) when `access` allows writing. WAL, synchronous=FULL, foreign
    /// keys on, checkpoint every 4,000 pages.
    static Result<Database> open(const std::filesystem::path& file, Access access);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Runs several statements without parameters: schemas, BEGIN, COMMIT.
    Result<void> run_script(const char* sql);
    /// Whether a transaction is open. SQLite ends one by itself after some errors of the disk.
    [[nodiscard]] bool in_transaction() const;

    /// Starts `sql` with `values` bound to its parameters in order: integers, double, text,
    /// bytes (a BLOB), nullptr, or std::optional or std::variant of these. SQL that does not
    /// prepare is a bug and throws.
    template <class... Values>
    Rows query(std::string_view sql, const Values&... values) {
        sqlite3_stmt* statement = prepare(sql);
        int index = 0;
        (bind(statement, ++index, values), ...);
        return Rows(statement);
    }

    /// Runs `sql` to its end; the number of rows it changed.
    template <class... Values>
    Result<std::int64_t> run(std::string_view sql, const Values&... values) {
        return finish(query(sql, values...));
    }

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    sqlite3_stmt* prepare(std::string_view sql);
    Result<std::int64_t> finish(Rows rows);

    static void bind(sqlite3_stmt*, int index, std::int64_t value);
    static void bind(sqlite3_stmt*, int index, double value);
    static void bind(sqlite3_stmt*, int index, std::string_view value);
    static void bind(sqlite3_stmt*, int index, std::span<const std::byte> value);
    static void bind(sqlite3_stmt*, int index, std::nullptr_t);
    static void bind(sqlite3_stmt* statement, int index, int value) {
        bind(statement, index, std::int64_t{value});
    }
    static void bind(sqlite3_stmt* statement, int index, const std::string& value) {
        bind(statement, index, std::string_view{value});
    }
    static void bind(sqlite3_stmt* statement, int index, const char* value) {
        bind(statement, index, std::string_view{value});
    }
    template <class T>
    static void bind(sqlite3_stmt* statement, int index, const std::optional<T>& value) {
        value ? bind(statement, index, *value) : bind(statement, index, nullptr);
    }
    template <class... Values>
    static void bind(sqlite3_stmt* statement, int index, const std::variant<Values...>& value) {
        std::visit([&](const auto& one) { bind(statement, index, one); }, value);
    }

    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded
