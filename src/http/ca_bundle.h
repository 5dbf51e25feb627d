// Where the certificates of a PEM bundle are, and a key of each one's subject,
// found without decoding them: a chain needs one root of 145.
//
// What is indexed here is a strict subset of what OpenSSL loads: PEM as the tools
// write it, and DER whose every field OpenSSL's decoder takes. A bundle with
// anything else in it (keys, CRLs, TRUSTED blocks, headers, broken base64) has no
// index and is OpenSSL's to judge, so that the verdict on it is always OpenSSL's.
#ifndef CROSSLOG_SRC_HTTP_CA_BUNDLE_H_
#define CROSSLOG_SRC_HTTP_CA_BUNDLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::http {

// Longer bundles have no index.
inline constexpr std::size_t kMaxIndexedBundleBytes = std::size_t{16} << 20;

// Equal for all names that X509_NAME_cmp calls equal, whatever their case, blanks
// and string types; names that differ may share one. It is made of the letters
// and digits of ASCII alone, as these are what every string type agrees on.
class NameKey {
 public:
  // The content of a string of 8-bit units: PrintableString, UTF8String, ...
  void add(std::string_view text) noexcept;
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

struct BundledCertificate {
  std::uint64_t subject_key;
  std::uint32_t offset, size;  // its lines of base64 in the bundle
};

// In the order of the file, at least one.
[[nodiscard]] std::optional<std::vector<BundledCertificate>> index_bundle(std::string_view pem);

// The DER behind lines that index_bundle() has seen; empty for others.
[[nodiscard]] std::string decode_certificate(std::string_view lines);

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_CA_BUNDLE_H_
