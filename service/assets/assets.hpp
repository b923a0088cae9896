#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace intake::service {

/// A style sheet or script under a name that holds its hash: it may be kept by a browser for ever.
struct asset {
  std::string_view content_type;
  std::string bytes;
  /// The same bytes as gzip (RFC 1952), made once at start.
  std::string gzipped;
};

/// What pages link to: "intake.css" is served as "/assets/intake-3f9a0c12b4.css".
class asset_store {
 public:
  struct source {
    std::string_view name;
    std::string_view bytes;
  };

  explicit asset_store(std::span<source const> sources);

  /// The address of a file by its plain name. Throws std::logic_error when there is none.
  std::string const& url(std::string_view name) const;
  /// The same; null where there is none.
  std::string const* find_url(std::string_view name) const;
  /// The asset behind the last segment of an address; null where there is none.
  asset const* find(std::string_view hashed_name) const;

 private:
  std::map<std::string, std::string, std::less<>> urls_;
  std::map<std::string, asset, std::less<>> by_hashed_name_;
};

}  // namespace intake::service
