#include "http/ca_roots.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <optional>
#include <utility>

#include "base/files.h"

namespace crosslog::http {
namespace {

struct FreeX509 {
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeX509>;

Certificate decode(std::string_view lines) {
  const std::string der = decode_certificate(lines);
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

// Any string type, as NameKey wants it; a type that has no text compares by its bytes.
bool add_text(const ASN1_STRING* text, NameKey& key) {
  const int type = ASN1_STRING_type(text);
  if (type != V_ASN1_BMPSTRING && type != V_ASN1_UNIVERSALSTRING) {
    key.add({reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
             static_cast<std::size_t>(ASN1_STRING_length(text))});
    return true;
  }
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, text);
  if (size < 0) return false;
  key.add({reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)});
  OPENSSL_free(utf8);
  return true;
}

std::optional<std::uint64_t> key_of(const X509_NAME* name) {
  NameKey key;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i)
    if (!add_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)), key)) return std::nullopt;
  return key.value();
}

}  // namespace

std::shared_ptr<const CaRoots> CaRoots::make(std::string pem) {
  auto index = index_bundle(pem);
  Method method(X509_LOOKUP_meth_new("bundle by subject"));
  if (!index || !method || X509_LOOKUP_meth_set_get_by_subject(method.get(), find) != 1) return nullptr;
  return std::shared_ptr<const CaRoots>(new CaRoots(std::move(pem), std::move(*index), std::move(method)));
}

// The flags are those that libcurl gives its own store.
CaRoots::Store CaRoots::make_store() const noexcept {
  Store store(X509_STORE_new());
  if (!store) return nullptr;
  X509_LOOKUP* const lookup = X509_STORE_add_lookup(store.get(), method_.get());
  if (lookup == nullptr) return nullptr;
  X509_LOOKUP_set_method_data(lookup, const_cast<CaRoots*>(this));
  X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

// OpenSSL asks here for the first certificate of a subject, once: it takes the
// others from the store.
int CaRoots::find(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name,
                  X509_OBJECT* found) noexcept {
  if (type != X509_LU_X509) return 0;
  ERR_set_mark();
  bool any = false;
  try {
    const auto* const roots = static_cast<const CaRoots*>(X509_LOOKUP_get_method_data(lookup));
    any = roots->add_all(name, X509_LOOKUP_get_store(lookup), found);
  } catch (...) {  // no memory: nothing found is the safe answer
    any = false;
  }
  ERR_pop_to_mark();
  return any ? 1 : 0;
}

// All that share the key go in: the store tells their names apart.
bool CaRoots::add_all(const X509_NAME* name, X509_STORE* store, X509_OBJECT* first) const {
  const auto key = key_of(name);
  if (!key) return false;
  bool any = false;
  for (const BundledCertificate& entry : index_) {
    if (entry.subject_key != *key) continue;
    const Certificate certificate = decode(std::string_view(pem_).substr(entry.offset, entry.size));
    if (!certificate || X509_STORE_add_cert(store, certificate.get()) != 1) return false;
    if (any || X509_NAME_cmp(X509_get_subject_name(certificate.get()), name) != 0) continue;
    any = X509_OBJECT_set1_X509(first, certificate.get()) == 1;
    // X509_LOOKUP_meth_new(3): the caller counts its reference once more.
    if (any) X509_free(certificate.get());
  }
  return any;
}

// A file that changed is read again; one that cannot be indexed is looked at anew
// each time, as OpenSSL then reads it for each connection.
std::shared_ptr<const CaRoots> CaRootsCache::get(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) return nullptr;
  Version version{.path = path,
                  .device = status.st_dev,
                  .file = status.st_ino,
                  .size = status.st_size,
                  .seconds = status.st_mtim.tv_sec,
                  .nanoseconds = status.st_mtim.tv_nsec};
  const std::lock_guard lock(mutex_);
  if (roots_ && version == version_) return roots_;
  roots_ = nullptr;
  auto file = base::read_regular_file(path, kMaxIndexedBundleBytes, base::Trust::anybody);
  if (!file || !*file) return nullptr;
  roots_ = CaRoots::make(std::move((*file)->bytes));
  version_ = std::move(version);
  return roots_;
}

}  // namespace crosslog::http
