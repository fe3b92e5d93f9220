#include "embedded/storage/account_identity.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace dsdash::embedded {

namespace {

constexpr std::size_t kNameBytesMax = 64;

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

Result<void> check_name(std::string_view name) {
    if (name.empty() || name.size() > kNameBytesMax ||
        !std::ranges::all_of(name, is_name_character)) {
        return fail(ErrorKind::malformed_input,
                    "an account's name must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -");
    }
    if (AccountId::parse(name)) {
        return fail(ErrorKind::malformed_input,
                    "an account's name must not be twelve digits: that is an account id");
    }
    return {};
}

/// `size` characters of `alphabet`, whose size is a power of two, so that each is as likely.
Result<std::string> random_text(std::string_view alphabet, std::size_t size) {
    std::vector<unsigned char> bytes(size);
    if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) {
        return fail(ErrorKind::internal, "the system gives no random numbers");
    }
    std::string text;
    for (unsigned char byte : bytes) text += alphabet[byte % alphabet.size()];
    return text;
}

}  // namespace

Result<AccountIdentity> make_identity(std::string name, const AccountId& id, const Region& region) {
    if (auto checked = check_name(name); !checked) return std::unexpected(checked.error());
    auto key = random_text(kBase32, 16);
    if (!key) return std::unexpected(key.error());
    auto secret = random_text(kBase64, 40);
    if (!secret) return std::unexpected(secret.error());
    return AccountIdentity{id, std::move(name), region, "AKIA" + *key, *std::move(secret)};
}

Result<void> store_identity(Database& database, const AccountIdentity& identity) {
    auto created = database.run_script(
        "CREATE TABLE identity("
        "  account_id TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL,"
        "  access_key_id TEXT NOT NULL, secret_access_key TEXT NOT NULL)");
    if (!created) return created;
    auto inserted =
        database.run("INSERT INTO identity VALUES (?,?,?,?,?)", identity.id.text(), identity.name,
                     identity.region.text(), identity.access_key_id, identity.secret_access_key);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

Result<AccountIdentity> load_identity(Database& database) {
    const auto no_account = fail(ErrorKind::internal, "the file is no account's");
    {
        Rows table = database.query("SELECT 1 FROM sqlite_schema WHERE name = 'identity'");
        auto there = table.next();
        if (!there) return std::unexpected(there.error());
        if (!*there) return no_account;
    }
    Rows rows = database.query(
        "SELECT account_id, name, region, access_key_id, secret_access_key FROM identity");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return no_account;
    auto id = AccountId::parse(rows.text(0));
    auto region = Region::parse(rows.text(2));
    if (!id || !region) return no_account;
    return AccountIdentity{*std::move(id), std::string(rows.text(1)), *std::move(region),
                           std::string(rows.text(3)), std::string(rows.text(4))};
}

}  // namespace dsdash::embedded
