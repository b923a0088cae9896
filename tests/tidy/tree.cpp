#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace intake::tidy {
namespace {

namespace fs = std::filesystem;

bool is_executable(fs::directory_entry const& entry) {
  return (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
}

std::string read_file(fs::path const& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

bool is_left_out(fs::directory_entry const& entry, fs::path const& top) {
  auto const name = entry.path().filename();
  if (name == ".git" || name == "node_modules" || name.extension() == ".swp") return true;
  return entry.path().parent_path() == top && name == "build";
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [path](auto ending) { return path.ends_with(ending); });
}

}  // namespace

file const* tree::find(std::string_view path) const {
  auto const at = std::ranges::lower_bound(files, path, {}, &file::path);
  return at != files.end() && at->path == path ? &*at : nullptr;
}

tree read_tree(fs::path const& top) {
  tree result;
  auto walk = fs::recursive_directory_iterator{top};
  for (auto at = fs::begin(walk); at != fs::end(walk); ++at) {
    if (is_left_out(*at, top)) {
      if (at->is_directory()) at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      auto path = at->path().lexically_relative(top).generic_string();
      result.files.push_back({std::move(path), read_file(*at), is_executable(*at)});
    }
  }
  std::ranges::sort(result.files, {}, &file::path);
  return result;
}

bool is_header(std::string_view path) {
  return path.ends_with(".hpp");
}

bool is_source(std::string_view path) {
  return path.ends_with(".cpp");
}

bool is_cxx(std::string_view path) {
  return is_header(path) || is_source(path);
}

bool is_text(std::string_view path) {
  return !ends_with_any(path,
                        {".png", ".jpg", ".pdf", ".ttf", ".otf", ".woff2", ".gz", ".zip", ".bin"});
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.find('/'));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace intake::tidy
