#include "embedded/tokens/token_entries.hpp"

#include "domain/json.hpp"

namespace dsdash::embedded {

namespace {

json::object entry_json(const TokenEntry& entry) {
    json::object object{{"name", entry.token.name},
                        {"role", role_name(entry.token.role)},
                        {"projects", nullptr},
                        {"created", format_extraction_date(entry.token.created)},
                        {"sha256", to_hex(entry.digest)}};
    if (entry.token.projects) {
        object["projects"] =
            json::array(entry.token.projects->begin(), entry.token.projects->end());
    }
    return object;
}

std::unexpected<Error> unreadable() {
    return fail(ErrorKind::malformed_input, "it is not as dsdash token writes it");
}

Result<Sha256> parse_digest(std::string_view hex) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    Sha256 digest{};
    if (hex.size() != 2 * digest.size() || hex.find_first_not_of(kDigits) != hex.npos) {
        return unreadable();
    }
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const auto high = kDigits.find(hex[2 * i]);
        const auto low = kDigits.find(hex[2 * i + 1]);
        digest.at(i) = static_cast<unsigned char>(high << 4U | low);
    }
    return digest;
}

Result<Projects> parse_projects(const json::object& object) {
    const auto* value = object.if_contains("projects");
    if (value != nullptr && value->is_null()) return Projects();
    if (value == nullptr || !value->is_array()) return unreadable();
    Projects projects(std::in_place);
    for (const auto& name : value->get_array()) {
        if (!name.is_string()) return unreadable();
        projects->emplace(name.get_string());
    }
    return projects;
}

Result<TokenEntry> parse_entry(const json::value& value) {
    if (!value.is_object()) return unreadable();
    const auto& object = value.get_object();
    const auto text = [&](std::string_view field) {
        return required_string(object, field).value_or("");  // which none of them may be
    };
    auto name = text("name");
    const auto role = parse_role(text("role"));
    auto projects = parse_projects(object);
    const auto created = parse_extraction_date(text("created"));
    const auto digest = parse_digest(text("sha256"));
    if (name.empty() || !role || !projects || !created || !digest) return unreadable();
    return TokenEntry{{std::move(name), *role, *std::move(projects), *created}, *digest};
}

}  // namespace

std::string write_token_entries(const std::vector<TokenEntry>& entries) {
    json::array list;
    for (const auto& entry : entries) list.emplace_back(entry_json(entry));
    return json::serialize(json::object{{"tokens", std::move(list)}}) + "\n";
}

Result<std::vector<TokenEntry>> read_token_entries(std::string_view text) {
    std::vector<TokenEntry> entries;
    if (text.empty()) return entries;
    const auto object = parse_json_object(text);
    if (!object) return std::unexpected(object.error());
    const auto* list = object->if_contains("tokens");
    if (list == nullptr || !list->is_array()) return unreadable();
    for (const auto& value : list->get_array()) {
        auto entry = parse_entry(value);
        if (!entry) return std::unexpected(entry.error());
        entries.push_back(*std::move(entry));
    }
    return entries;
}

}  // namespace dsdash::embedded
