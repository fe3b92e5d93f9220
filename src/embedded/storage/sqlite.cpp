#include "embedded/storage/sqlite.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <stdexcept>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace dsdash::embedded {

namespace {

/// Another process may hold the file for a moment (the sqlite3 shell, an account being created).
constexpr int kBusyTimeoutMs = 5'000;

constexpr const char* kWriterSettings =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA wal_autocheckpoint=4000;";

/// In KiB: each reader keeps so much of the file, which the kernel keeps for all of them, too.
/// SQLite's own 2,000 were no faster (docs/performance.md).
constexpr const char* kReaderSettings = "PRAGMA cache_size=-1000;";

struct StatementDeleter {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct ConnectionDeleter {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

ErrorKind kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
            return ErrorKind::unreachable;
        default:
            return ErrorKind::internal;
    }
}

std::unexpected<Error> fail_with(sqlite3* connection) {
    return fail(kind_of(sqlite3_errcode(connection)),
                std::string("the account's file: ") + sqlite3_errmsg(connection));
}

/// Creates the file before SQLite does, which would let others read it. An existing file is not
/// opened: closing it again would drop the locks that this process holds on it.
Result<void> create_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
    } else if (errno != EEXIST) {
        return fail(ErrorKind::unreachable, "cannot create " + file.string() + ": " +
                                                std::generic_category().message(errno));
    }
    return {};
}

}  // namespace

Rows::Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Result<bool> Rows::next() {
    if (statement_ == nullptr) {
        return fail(ErrorKind::unreachable, "the account's file cannot be read or written");
    }
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return fail_with(sqlite3_db_handle(statement_));
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Rows::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view Rows::text(int column) const {
    // The text first: asking for the size alone would measure it before the conversion to UTF-8.
    const unsigned char* bytes = sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string_view Rows::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Rows::is_integer(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}

bool Rows::is_blob(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_BLOB;
}

bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

struct Database::State {
    std::unique_ptr<sqlite3, ConnectionDeleter> connection;
    // After the connection, so that it is destroyed before it.
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, StatementDeleter>, TextHash,
                       std::equal_to<>>
        statements;
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, Access access) {
    const bool writes = access == Access::read_write;
    if (writes) {
        if (auto created = create_private_file(file); !created) {
            return std::unexpected(created.error());
        }
    }
    sqlite3* connection = nullptr;
    // One thread at a time uses a connection, so SQLite's own mutex would guard nothing.
    const int flags = (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    auto state = std::make_unique<State>();
    state->connection.reset(connection);
    if (code != SQLITE_OK) {
        return fail(ErrorKind::unreachable,
                    "cannot open " + file.string() + ": " + sqlite3_errstr(code));
    }
    sqlite3_busy_timeout(connection, kBusyTimeoutMs);
    Database database(std::move(state));
    if (auto set = database.run_script(writes ? kWriterSettings : kReaderSettings); !set) {
        return std::unexpected(set.error());
    }
    return database;
}

Result<void> Database::run_script(const char* sql) {
    sqlite3* connection = state_->connection.get();
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return fail_with(connection);
    }
    return {};
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(state_->connection.get()) == 0;
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
    if (auto kept = state_->statements.find(sql); kept != state_->statements.end()) {
        if (sqlite3_stmt_busy(kept->second.get()) != 0) {
            throw std::logic_error("statement is still running: " + std::string(sql));
        }
        return kept->second.get();
    }
    sqlite3_stmt* statement = nullptr;
    sqlite3* connection = state_->connection.get();
    const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        // Preparing reads the schema, so the disk may be at fault; Rows::next() reports that.
        if (kind_of(code) == ErrorKind::unreachable) return nullptr;
        throw std::logic_error(std::string(sqlite3_errmsg(connection)) + ": " + std::string(sql));
    }
    state_->statements.emplace(sql, statement);
    return statement;
}

Result<std::int64_t> Database::finish(Rows rows) {
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return sqlite3_changes64(state_->connection.get());
    }
}

void Database::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
    sqlite3_bind_int64(statement, index, value);
}

void Database::bind(sqlite3_stmt* statement, int index, double value) {
    sqlite3_bind_double(statement, index, value);
}

void Database::bind(sqlite3_stmt* statement, int index, std::string_view value) {
    // An empty view may hold no address, which SQLite would take for NULL.
    const char* bytes = value.empty() ? "" : value.data();
    sqlite3_bind_text64(statement, index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Database::bind(sqlite3_stmt* statement, int index, std::span<const std::byte> value) {
    sqlite3_bind_blob64(statement, index, value.data(), value.size(), SQLITE_TRANSIENT);
}

void Database::bind(sqlite3_stmt* statement, int index, std::nullptr_t) {
    sqlite3_bind_null(statement, index);
}

}  // namespace dsdash::embedded
