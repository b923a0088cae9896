#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

/// Memory for keys and for opened answers: wiped before it is given back, never printed.
namespace intake::certs {

enum class secret_memory {
  locked,      ///< kept out of swap and out of core dumps
  unlocked,    ///< set apart, but the system refused to lock it (see RLIMIT_MEMLOCK)
  unavailable  ///< secrets live in ordinary memory, still wiped
};

/// Sets apart a guarded heap for secrets, once, before the first key is read. `size_bytes` is a
/// power of two; when the heap is full, secrets fall back to ordinary memory.
secret_memory prepare_secret_memory(std::size_t size_bytes);

/// Overwrites in a way that the compiler may not leave out.
void wipe(std::span<std::uint8_t> buffer) noexcept;

/// Takes as long whatever the contents; lengths are not secret.
bool equal_in_constant_time(bytes_view a, bytes_view b) noexcept;

/// A key: moves, never copies by accident, has no way into a stream or a log.
class secret {
 public:
  secret() = default;
  /// Zero bytes, to be filled through `writable()`. Throws std::bad_alloc.
  explicit secret(std::size_t size_bytes);
  secret(secret&& other) noexcept;
  secret& operator=(secret&& other) noexcept;
  ~secret();

  static secret copy_of(bytes_view source);
  static secret random(world const& w, std::size_t size_bytes);

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  bytes_view view() const { return {data_, size_}; }
  std::span<std::uint8_t> writable() { return {data_, size_}; }

  template <typename Stream>
  friend Stream& operator<<(Stream&, secret const&) = delete;
  friend bool operator==(secret const& a, secret const& b) noexcept {
    return equal_in_constant_time(a.view(), b.view());
  }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Wipes what a container gives back, also when it grows.
template <typename T>
struct wiping_allocator {
  using value_type = T;

  wiping_allocator() = default;
  template <typename U>
  wiping_allocator(wiping_allocator<U> const&) noexcept {}

  T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* place, std::size_t count) noexcept {
    wipe({reinterpret_cast<std::uint8_t*>(place), count * sizeof(T)});
    std::allocator<T>{}.deallocate(place, count);
  }
  friend bool operator==(wiping_allocator const&, wiping_allocator const&) { return true; }
};

/// Opened answers. (Not a std::basic_string: a short one would keep its text outside the
/// allocator.)
using wiped_bytes = std::vector<std::uint8_t, wiping_allocator<std::uint8_t>>;

inline std::string_view as_text(wiped_bytes const& content) {
  return {reinterpret_cast<char const*>(content.data()), content.size()};
}

}  // namespace intake::certs
