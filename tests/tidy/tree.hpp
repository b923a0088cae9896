#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace intake::tidy {

struct file {
  std::string path;  ///< relative to the top, with '/'
  std::string text;
  bool is_executable = false;
};

/// The files of a checkout as values, so that a rule can be tried on a tree that was never written
/// to disk.
struct tree {
  std::vector<file> files;  ///< sorted by path

  file const* find(std::string_view path) const;
  bool has(std::string_view path) const { return find(path) != nullptr; }
};

/// One place that breaks a rule; `line` 0 speaks of the whole file.
struct breach {
  std::string path;
  int line;
  std::string message;

  friend bool operator==(breach const&, breach const&) = default;
};

using breaches = std::vector<breach>;

/// Reads every file that a clone has: not build folders, .git or node_modules.
tree read_tree(std::filesystem::path const& top);

bool is_header(std::string_view path);
bool is_source(std::string_view path);
bool is_cxx(std::string_view path);
bool is_text(std::string_view path);

/// The first folder of a path: "forms/x12/inquiry.hpp" is in "forms".
std::string_view folder_of(std::string_view path);

std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace intake::tidy
