#include "cli/item.hpp"

#include "cli/answer_fields.hpp"

namespace dsdash::cli {

const json::object* Item::find(std::string_view name) const {
    const auto* value = attributes_.if_contains({name.data(), name.size()});
    return value == nullptr ? nullptr : value->if_object();
}

std::string Item::scalar(std::string_view name, std::string_view type) const {
    const auto* value = find(name);
    return value == nullptr ? "" : text_at(*value, type);
}

std::vector<const json::object*> Item::elements(std::string_view name) const {
    const auto* value = find(name);
    return value == nullptr ? std::vector<const json::object*>{} : objects_at(*value, "L");
}

std::string Item::text(std::string_view name) const {
    return scalar(name, "S");
}

std::string Item::number(std::string_view name) const {
    return scalar(name, "N");
}

std::vector<std::string> Item::texts(std::string_view name) const {
    std::vector<std::string> texts;
    for (const auto* element : elements(name)) {
        texts.push_back(text_at(*element, "S"));
    }
    return texts;
}

std::vector<Item> Item::items(std::string_view name) const {
    std::vector<Item> items;
    for (const auto* element : elements(name)) {
        const auto* map = element->if_contains("M");
        if (map != nullptr && map->is_object()) {
            items.emplace_back(map->get_object());
        }
    }
    return items;
}

}  // namespace dsdash::cli
