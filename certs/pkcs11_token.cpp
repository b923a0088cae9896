#include "certs/pkcs11_token.hpp"

#include "certs/pkcs11_calls.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

namespace intake::certs {
namespace {

constexpr std::size_t wrapped_bytes = dek_bytes + 8;
constexpr CK_ULONG kek_bytes = 32;

/// The link to the token is broken, not the question wrong: worth one more try on a new one.
constexpr CK_RV broken_links[] = {CKR_SESSION_HANDLE_INVALID,
                                  CKR_SESSION_CLOSED,
                                  CKR_DEVICE_REMOVED,
                                  CKR_TOKEN_NOT_PRESENT,
                                  CKR_DEVICE_ERROR,
                                  CKR_KEY_HANDLE_INVALID,
                                  CKR_OBJECT_HANDLE_INVALID,
                                  CKR_USER_NOT_LOGGED_IN,
                                  CKR_WRAPPING_KEY_HANDLE_INVALID,
                                  CKR_UNWRAPPING_KEY_HANDLE_INVALID};

/// Modules do not agree on how they say that a wrapped key fails its check (SoftHSM: general
/// error).
constexpr CK_RV failed_checks[] = {CKR_WRAPPED_KEY_INVALID,    CKR_WRAPPED_KEY_LEN_RANGE,
                                   CKR_ENCRYPTED_DATA_INVALID, CKR_ENCRYPTED_DATA_LEN_RANGE,
                                   CKR_GENERAL_ERROR,          CKR_FUNCTION_FAILED};

bool is_among(std::span<CK_RV const> codes, CK_RV code) {
  return std::ranges::find(codes, code) != codes.end();
}

struct session {
  CK_SESSION_HANDLE handle = 0;
  std::map<std::string, CK_OBJECT_HANDLE> keys;  ///< those that were looked for
};

/// An object that lives for one call.
class passing_object {
 public:
  passing_object(CK_FUNCTION_LIST& module, CK_SESSION_HANDLE in) : module_(module), in_(in) {}
  passing_object(passing_object const&) = delete;
  passing_object& operator=(passing_object const&) = delete;
  ~passing_object() {
    if (made_) module_.C_DestroyObject(in_, *made_);
  }
  CK_OBJECT_HANDLE& keep(CK_OBJECT_HANDLE handle) { return made_.emplace(handle); }

 private:
  CK_FUNCTION_LIST& module_;
  CK_SESSION_HANDLE in_;
  std::optional<CK_OBJECT_HANDLE> made_;
};

}  // namespace

/// Logged-in sessions, as many as calls run at a time.
class pkcs11_token::sessions {
 public:
  sessions(token_place place, secret pin)
      : place_(std::move(place)), pin_(std::move(pin)), module_(load_module(place_.module)) {
    put_back(open(CKF_SERIAL_SESSION));
  }
  sessions(sessions const&) = delete;
  sessions& operator=(sessions const&) = delete;
  ~sessions() { close_all(); }

  CK_FUNCTION_LIST& module() const { return module_; }

  /// `act(session)` on a session that nobody else uses; once more where the link was broken.
  template <class Act>
  auto with_session(CK_FLAGS flags, Act act) {
    try {
      return run(flags, act);
    } catch (token_failed const& failure) {
      if (!is_among(broken_links, failure.code())) throw;
    }
    close_all();
    return run(flags, act);
  }

  /// Sessions remember where keys were.
  void forget() { close_all(); }

 private:
  template <class Act>
  auto run(CK_FLAGS flags, Act act) {
    bool const is_common = flags == CKF_SERIAL_SESSION;
    auto mine = is_common ? take() : open(flags);
    try {
      auto result = act(mine);
      is_common ? put_back(std::move(mine)) : close(mine);
      return result;
    } catch (...) {
      close(mine);
      throw;
    }
  }

  session take() {
    {
      std::lock_guard const lock(mutex_);
      if (!free_.empty()) {
        auto mine = std::move(free_.back());
        free_.pop_back();
        return mine;
      }
    }
    return open(CKF_SERIAL_SESSION);
  }

  void put_back(session mine) {
    std::lock_guard const lock(mutex_);
    free_.push_back(std::move(mine));
  }

  session open(CK_FLAGS flags) {
    session made;
    auto const slot = find_slot(module_, place_.label);
    must(module_.C_OpenSession(slot, flags, nullptr, nullptr, &made.handle), "open a session");
    auto const said = module_.C_Login(made.handle, CKU_USER, pin_.writable().data(), pin_.size());
    if (said == CKR_OK || said == CKR_USER_ALREADY_LOGGED_IN) return made;
    close(made);
    throw token_failed("be logged in to", said);
  }

  void close(session const& mine) { module_.C_CloseSession(mine.handle); }

  void close_all() {
    std::lock_guard const lock(mutex_);
    for (auto const& each : free_) close(each);
    free_.clear();
  }

  token_place place_;
  secret pin_;
  CK_FUNCTION_LIST& module_;
  std::mutex mutex_;
  std::vector<session> free_;
};

namespace {

std::optional<CK_OBJECT_HANDLE> find_key(CK_FUNCTION_LIST& module, session& in,
                                         std::string const& id) {
  if (auto const known = in.keys.find(id); known != in.keys.end()) return known->second;
  attribute_list wanted;
  wanted.number(CKA_CLASS, CKO_SECRET_KEY).data(CKA_LABEL, as_bytes(id));
  CK_OBJECT_HANDLE found = 0;
  CK_ULONG count = 0;
  must(module.C_FindObjectsInit(in.handle, wanted.begin(), wanted.size()), "look for a key");
  auto const said = module.C_FindObjects(in.handle, &found, 1, &count);
  module.C_FindObjectsFinal(in.handle);
  must(said, "look for a key");
  if (count == 0) return std::nullopt;
  in.keys[id] = found;
  return found;
}

attribute_list new_kek(std::string const& id) {
  attribute_list wanted;
  wanted.number(CKA_CLASS, CKO_SECRET_KEY)
      .number(CKA_KEY_TYPE, CKK_AES)
      .number(CKA_VALUE_LEN, kek_bytes)
      .data(CKA_LABEL, as_bytes(id))
      .flag(CKA_TOKEN, true)
      .flag(CKA_PRIVATE, true)
      .flag(CKA_SENSITIVE, true)
      .flag(CKA_EXTRACTABLE, false)
      .flag(CKA_WRAP, true)
      .flag(CKA_UNWRAP, true)
      .flag(CKA_ENCRYPT, false)
      .flag(CKA_DECRYPT, false);
  return wanted;
}

/// A data key while it is in the token: for one call, and to be read.
attribute_list passing_dek() {
  attribute_list wanted;
  wanted.number(CKA_CLASS, CKO_SECRET_KEY)
      .number(CKA_KEY_TYPE, CKK_GENERIC_SECRET)
      .flag(CKA_TOKEN, false)
      .flag(CKA_SENSITIVE, false)
      .flag(CKA_EXTRACTABLE, true);
  return wanted;
}

secret value_of(CK_FUNCTION_LIST& module, session const& in, CK_OBJECT_HANDLE object) {
  secret value(dek_bytes);
  CK_ATTRIBUTE asked{CKA_VALUE, value.writable().data(), dek_bytes};
  must(module.C_GetAttributeValue(in.handle, object, &asked, 1), "give a data key back");
  if (asked.ulValueLen != dek_bytes) throw token_failed("give a data key back", CKR_DATA_LEN_RANGE);
  return value;
}

}  // namespace

pkcs11_token::pkcs11_token(token_place place, secret pin)
    : sessions_(std::make_unique<sessions>(std::move(place), std::move(pin))) {}

pkcs11_token::~pkcs11_token() = default;

bool pkcs11_token::has_key(std::string const& id) const {
  return sessions_->with_session(CKF_SERIAL_SESSION, [&](session& in) {
    in.keys.erase(id);
    return find_key(sessions_->module(), in, id).has_value();
  });
}

void pkcs11_token::make_key(std::string const& id) const {
  auto& module = sessions_->module();
  sessions_->with_session(CKF_SERIAL_SESSION | CKF_RW_SESSION, [&](session& in) {
    if (find_key(module, in, id))
      throw std::runtime_error("the token has a key " + id + " already");
    CK_MECHANISM how{CKM_AES_KEY_GEN, nullptr, 0};
    auto wanted = new_kek(id);
    CK_OBJECT_HANDLE made = 0;
    must(module.C_GenerateKey(in.handle, &how, wanted.begin(), wanted.size(), &made), "make a key");
    return true;
  });
}

void pkcs11_token::destroy_key(std::string const& id) const {
  auto& module = sessions_->module();
  sessions_->with_session(CKF_SERIAL_SESSION | CKF_RW_SESSION, [&](session& in) {
    auto const key = find_key(module, in, id);
    if (key) must(module.C_DestroyObject(in.handle, *key), "destroy a key");
    return true;
  });
  sessions_->forget();
}

bytes pkcs11_token::wrap(std::string const& id, secret const& dek) const {
  auto& module = sessions_->module();
  return sessions_->with_session(CKF_SERIAL_SESSION, [&](session& in) {
    auto const kek = find_key(module, in, id);
    if (!kek) throw std::runtime_error("the token has no key " + id);
    passing_object holder(module, in.handle);
    auto wanted = passing_dek();
    wanted.data(CKA_VALUE, dek.view());
    CK_OBJECT_HANDLE object = 0;
    must(module.C_CreateObject(in.handle, wanted.begin(), wanted.size(), &object),
         "take a data key");
    holder.keep(object);
    CK_MECHANISM how{CKM_AES_KEY_WRAP, nullptr, 0};
    bytes out(wrapped_bytes);
    CK_ULONG size = out.size();
    must(module.C_WrapKey(in.handle, &how, *kek, object, out.data(), &size), "wrap a data key");
    out.resize(size);
    return out;
  });
}

boost::system::result<secret, unwrap_error> pkcs11_token::unwrap(std::string const& id,
                                                                 bytes_view wrapped) const {
  using opened = boost::system::result<secret, unwrap_error>;
  if (wrapped.size() != wrapped_bytes) return unwrap_error::not_authentic;
  auto& module = sessions_->module();
  return sessions_->with_session(CKF_SERIAL_SESSION, [&](session& in) -> opened {
    auto const kek = find_key(module, in, id);
    if (!kek) return unwrap_error::unknown_kek;
    CK_MECHANISM how{CKM_AES_KEY_WRAP, nullptr, 0};
    auto wanted = passing_dek();
    bytes taken(wrapped.begin(), wrapped.end());
    CK_OBJECT_HANDLE object = 0;
    auto const said = module.C_UnwrapKey(in.handle, &how, *kek, taken.data(), taken.size(),
                                         wanted.begin(), wanted.size(), &object);
    if (is_among(failed_checks, said)) return unwrap_error::not_authentic;
    must(said, "unwrap a data key");
    passing_object holder(module, in.handle);
    return value_of(module, in, holder.keep(object));
  });
}

}  // namespace intake::certs
