#include "items/item.hpp"

namespace dsdash::items {

const json::value* find_content(const Item& item, std::string_view name, std::string_view type) {
    const auto* value = item.if_contains(name);
    const auto* object = value == nullptr ? nullptr : value->if_object();
    return object == nullptr ? nullptr : object->if_contains(type);
}

std::string text_at(const Item& item, std::string_view name, std::string_view type) {
    const auto* content = find_content(item, name, type);
    const auto* text = content == nullptr ? nullptr : content->if_string();
    return text == nullptr ? std::string() : std::string(*text);
}

}  // namespace dsdash::items
