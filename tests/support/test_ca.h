// A certificate authority that lives as long as a test: keys and certificates are
// made in memory, good ones and every bad one that a client must refuse.
#ifndef CROSSLOG_TESTS_SUPPORT_TEST_CA_H_
#define CROSSLOG_TESTS_SUPPORT_TEST_CA_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace crosslog::test {

struct ServerTls {
  std::string subject_alt_name = "IP:127.0.0.1";  // "DNS:service.example"
  long valid_from_seconds = -3600;                // from now
  long valid_to_seconds = 3600;
  int min_version = TLS1_2_VERSION;
  int max_version = TLS1_3_VERSION;
  const char* tls12_ciphers = nullptr;
  bool rsa = false;  // EC otherwise; RSA where a cipher wants it
};

class TestCa {
 public:
  struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;
  using Context = std::unique_ptr<SSL_CTX, Free>;

  explicit TestCa(const char* name = "crosslog test root");
  // The root, as a file of its own that goes with the object.
  ~TestCa();
  TestCa(const TestCa&) = delete;
  TestCa& operator=(const TestCa&) = delete;
  [[nodiscard]] const std::string& bundle() const noexcept { return bundle_; }
  // A server with a certificate of this authority.
  [[nodiscard]] Context server(const ServerTls& options = {}) const;

 private:
  Key key_;
  Certificate root_;
  std::string bundle_;
};

}  // namespace crosslog::test

#endif  // CROSSLOG_TESTS_SUPPORT_TEST_CA_H_
