#include "service/zip/archive.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <set>
#include <stdexcept>

#include <zip.h>

namespace intake::service::zip {
namespace {

using source_of_zip = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;
using open_zip = std::unique_ptr<zip_t, decltype(&zip_discard)>;

[[noreturn]] void fail(char const* what) {
  throw std::runtime_error(std::string("the ZIP file could not be written: ") + what);
}

/// A name that leads out of the folder where somebody unpacks would be theirs to suffer.
bool is_plain(std::string const& name) {
  auto const plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, plain);
}

void require_names(std::span<archive_entry const> entries) {
  if (entries.empty()) fail("nothing is to be in it");
  std::set<std::string> seen;
  for (auto const& each : entries) {
    if (!is_plain(each.name)) fail("a name has other characters than a file's should");
    if (!seen.insert(each.name).second) fail("a name is there twice");
  }
}

struct dos_time {
  std::uint16_t date = 0;
  std::uint16_t time = 0;
};

/// APPNOTE 4.4.6: MS-DOS date and time, which begin in 1980 and go by two seconds.
dos_time dos_time_of(std::chrono::sys_seconds at) {
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{at - day};
  auto const year = std::clamp(static_cast<int>(date.year()), 1980, 2107) - 1980;
  auto const bits = [](auto value) { return static_cast<unsigned>(value); };
  auto const packed_date = bits(year) << 9 | bits(date.month()) << 5 | bits(date.day());
  auto const packed_time = bits(clock.hours().count()) << 11 | bits(clock.minutes().count()) << 5 |
                           bits(clock.seconds().count()) / 2;
  return {static_cast<std::uint16_t>(packed_date), static_cast<std::uint16_t>(packed_time)};
}

void add(zip_t* archive, archive_entry const& entry) {
  source_of_zip content(zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0),
                        zip_source_free);
  if (content == nullptr) fail("no memory");
  auto const index = zip_file_add(archive, entry.name.c_str(), content.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) fail(zip_strerror(archive));
  // The archive owns it from here on.
  static_cast<void>(content.release());
  auto const at = static_cast<zip_uint64_t>(index);
  auto const made = dos_time_of(entry.made);
  if (zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, at, made.time, made.date, 0) != 0) {
    fail(zip_strerror(archive));
  }
}

std::string read_all(zip_source_t* from) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_source_stat(from, &about) != 0 || zip_source_open(from) != 0) fail("it can't be read");
  std::string bytes(static_cast<std::size_t>(about.size), '\0');
  auto const got = zip_source_read(from, bytes.data(), bytes.size());
  zip_source_close(from);
  if (got != static_cast<zip_int64_t>(bytes.size())) fail("it was read in part only");
  return bytes;
}

}  // namespace

std::string write_archive(std::span<archive_entry const> entries) {
  require_names(entries);
  zip_error_t error;
  zip_error_init(&error);
  source_of_zip const memory(zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
  if (memory == nullptr) fail("no memory");
  // Opening takes a reference of its own; ours reads what was written.
  zip_source_keep(memory.get());
  open_zip archive(zip_open_from_source(memory.get(), ZIP_TRUNCATE, &error), zip_discard);
  if (archive == nullptr) {
    zip_source_free(memory.get());
    fail(zip_error_strerror(&error));
  }
  for (auto const& each : entries) add(archive.get(), each);
  if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  return read_all(memory.get());
}

}  // namespace intake::service::zip
