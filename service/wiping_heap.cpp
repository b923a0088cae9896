// Linked into the program, not into the libraries: what C++ gives back to the heap is overwritten
// first. A string that held an answer then leaves nothing behind, whoever made it and wherever it
// was moved; tests/faults/plaintext_canary looks for what does. Sanitizers bring a heap of their
// own.
#include <cstddef>
#include <cstdlib>
#include <new>

#include <malloc.h>
#include <string.h>

namespace {

void give_back(void* place) noexcept {
  if (place == nullptr) return;
  ::explicit_bzero(place, ::malloc_usable_size(place));
  std::free(place);
}

}  // namespace

void operator delete(void* place) noexcept {
  give_back(place);
}
void operator delete[](void* place) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::size_t, std::align_val_t) noexcept {
  give_back(place);
}
