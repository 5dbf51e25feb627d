// The roots of a bundle, decoded when a chain asks for them. OpenSSL decodes all
// 145 before the first handshake, most of the processor time of a cold call.
//
// Only the bundle is read, never a folder of hashed names beside it: the folder
// may hold what the bundle does not, and whoever names a bundle means that file.
#ifndef CROSSLOG_SRC_HTTP_CA_ROOTS_H_
#define CROSSLOG_SRC_HTTP_CA_ROOTS_H_

#include <openssl/x509_vfy.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/ca_bundle.h"

namespace crosslog::http {

// Never changes once made: all connections share it.
class CaRoots {
 public:
  struct FreeStore {
    void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
  };
  using Store = std::unique_ptr<X509_STORE, FreeStore>;

  // nullptr: the bundle has no index (see ca_bundle.h), or there is no memory.
  static std::shared_ptr<const CaRoots> make(std::string pem);
  CaRoots(const CaRoots&) = delete;
  CaRoots& operator=(const CaRoots&) = delete;

  // A store for one connection, which this object must outlive. It believes whom
  // libcurl's would. nullptr: no memory.
  [[nodiscard]] Store make_store() const noexcept;

 private:
  struct FreeMethod {
    void operator()(X509_LOOKUP_METHOD* method) const noexcept { X509_LOOKUP_meth_free(method); }
  };
  using Method = std::unique_ptr<X509_LOOKUP_METHOD, FreeMethod>;

  CaRoots(std::string pem, std::vector<BundledCertificate> index, Method method) noexcept
      : pem_(std::move(pem)), index_(std::move(index)), method_(std::move(method)) {}
  static int find(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name,
                  X509_OBJECT* found) noexcept;
  bool add_all(const X509_NAME* name, X509_STORE* store, X509_OBJECT* first) const;

  std::string pem_;
  std::vector<BundledCertificate> index_;
  Method method_;
};

// The roots of the last bundle asked for. Thread-safe.
class CaRootsCache {
 public:
  // Of the file as it is now; nullptr as in CaRoots::make().
  std::shared_ptr<const CaRoots> get(const std::string& path);

 private:
  struct Version {
    std::string path;
    std::uint64_t device = 0, file = 0;
    std::int64_t size = 0, seconds = 0, nanoseconds = 0;
    friend bool operator==(const Version&, const Version&) = default;
  };

  std::mutex mutex_;
  Version version_;
  std::shared_ptr<const CaRoots> roots_;
};

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_CA_ROOTS_H_
