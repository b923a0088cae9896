#include "forms/json_tree_builder.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <type_traits>

namespace intake::forms {
namespace {

static_assert(std::is_trivially_copyable_v<json_value>);

// Up to here comparing every pair beats sorting.
constexpr std::size_t few_members = 12;

}  // namespace

json_tree_builder::json_tree_builder(json_document::storage& storage) : storage_{storage} {
  stack_.reserve(64);
  outer_keys_.reserve(32);
}

bool json_tree_builder::refuse(tree_fault fault) {
  fault_ = fault;
  return false;
}

// Boost.JSON hands out pieces of the source wherever it can; those tell where we are.
void json_tree_builder::note_place(char const* text) {
  auto const* begin = storage_.source.data();
  if (text >= begin && text < begin + storage_.source.size()) {
    place_ = static_cast<std::uint32_t>(text - begin);
  }
}

json_value* json_tree_builder::allocate_nodes(std::size_t count) {
  if (count > nodes_left_) {
    auto const grown = storage_.node_blocks.empty() ? storage_.source.size() / 16 + 16
                                                    : storage_.source.size() / 16 + 256;
    nodes_left_ = std::max(count, grown);
    storage_.node_blocks.push_back(
        std::make_unique_for_overwrite<std::byte[]>(nodes_left_ * sizeof(json_value)));
    node_next_ = storage_.node_blocks.back().get();
  }
  auto* const nodes = reinterpret_cast<json_value*>(node_next_);
  node_next_ += count * sizeof(json_value);
  nodes_left_ -= count;
  return nodes;
}

char* json_tree_builder::allocate_text(std::size_t bytes) {
  if (bytes > text_left_) {
    text_left_ = std::max(bytes, storage_.source.size() / 4 + 64);
    storage_.text_blocks.push_back(std::make_unique_for_overwrite<char[]>(text_left_));
    text_next_ = storage_.text_blocks.back().get();
  }
  auto* const text = text_next_;
  text_next_ += bytes;
  text_left_ -= bytes;
  return text;
}

bool json_tree_builder::push(json_value value) {
  value.key_ = key_.data();
  value.key_size_ = static_cast<std::uint32_t>(key_.size());
  key_ = {};
  stack_.push_back(value);
  return true;
}

bool json_tree_builder::open() {
  outer_keys_.push_back(key_);
  key_ = {};
  return true;
}

bool json_tree_builder::close(std::size_t count, json_kind kind) {
  json_value value;
  value.kind_ = kind;
  value.size_ = static_cast<std::uint32_t>(count);
  value.offset_ = place_;
  if (count != 0) {
    auto const* first = stack_.data() + (stack_.size() - count);
    value.offset_ = first->offset_;
    value.data_ = std::uninitialized_copy_n(first, count, allocate_nodes(count)) - count;
    stack_.resize(stack_.size() - count);
  }
  key_ = outer_keys_.back();
  outer_keys_.pop_back();
  return push(value);
}

bool json_tree_builder::all_keys_differ(json_value const* members, std::size_t count) {
  if (count <= few_members) {
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (members[i].key() == members[j].key()) return false;
      }
    }
    return true;
  }
  std::vector<std::string_view> keys(count);
  std::transform(members, members + count, keys.begin(), [](auto const& m) { return m.key(); });
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
}

bool json_tree_builder::on_object_end(std::size_t count, error_code&) {
  if (!all_keys_differ(stack_.data() + (stack_.size() - count), count)) {
    return refuse(tree_fault::duplicate_key);
  }
  return close(count, json_kind::object);
}

bool json_tree_builder::on_array_end(std::size_t count, error_code&) {
  return close(count, json_kind::array);
}

bool json_tree_builder::on_document_end(error_code&) {
  storage_.root = stack_.back();
  return true;
}

// A string without escapes stays where it is in the source; one with escapes comes in parts.
std::string_view json_tree_builder::finish_text(text_view last) {
  auto const* begin = storage_.source.data();
  bool const in_source = last.data() >= begin && last.data() <= begin + storage_.source.size();
  if (pending_.empty() && in_source) return {last.data(), last.size()};
  auto const size = pending_.size() + last.size();
  if (size == 0) return {"", 0};
  auto* const text = allocate_text(size);
  std::memcpy(text, pending_.data(), pending_.size());
  if (!last.empty()) std::memcpy(text + pending_.size(), last.data(), last.size());
  pending_.clear();
  return {text, size};
}

bool json_tree_builder::on_key_part(text_view part, std::size_t, error_code&) {
  note_place(part.data());
  pending_.append(part.data(), part.size());
  return true;
}

bool json_tree_builder::on_key(text_view part, std::size_t, error_code&) {
  note_place(part.data());
  key_ = finish_text(part);
  // An empty name must not look like no name.
  if (key_.data() == nullptr) key_ = std::string_view{"", 0};
  if (key_.find('\0') != std::string_view::npos) return refuse(tree_fault::nul_character);
  return true;
}

bool json_tree_builder::on_string_part(text_view part, std::size_t, error_code&) {
  note_place(part.data());
  pending_.append(part.data(), part.size());
  return true;
}

bool json_tree_builder::on_string(text_view part, std::size_t, error_code&) {
  note_place(part.data());
  auto const text = finish_text(part);
  if (text.find('\0') != std::string_view::npos) return refuse(tree_fault::nul_character);
  json_value value;
  value.kind_ = json_kind::string;
  value.data_ = text.data();
  value.size_ = static_cast<std::uint32_t>(text.size());
  value.offset_ = place_;
  return push(value);
}

bool json_tree_builder::number(text_view text) {
  note_place(text.data());
  json_value value;
  value.kind_ = json_kind::number;
  value.data_ = text.data();
  value.size_ = static_cast<std::uint32_t>(text.size());
  value.offset_ = place_;
  return push(value);
}

bool json_tree_builder::on_double(double value, text_view text, error_code&) {
  note_place(text.data());
  auto const mantissa = text.substr(0, text.find_first_of("eE"));
  bool const is_zero = mantissa.find_first_of("123456789") == text_view::npos;
  if (std::isinf(value) || (value == 0 && !is_zero)) {
    return refuse(tree_fault::number_out_of_range);
  }
  return number(text);
}

bool json_tree_builder::on_bool(bool truth, error_code&) {
  json_value value;
  value.kind_ = json_kind::boolean;
  value.size_ = truth ? 1 : 0;
  value.offset_ = place_;
  return push(value);
}

bool json_tree_builder::on_null(error_code&) {
  json_value value;
  value.offset_ = place_;
  return push(value);
}

}  // namespace intake::forms
