#include "tests/support/test_ca.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace crosslog::test {
namespace {

void require(bool ok) {
  if (!ok) std::abort();
}

void add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

void name(X509* certificate, X509_NAME* (*part)(const X509*), const char* text) {
  require(X509_NAME_add_entry_by_txt(part(certificate), "CN", MBSTRING_ASC,
                                     reinterpret_cast<const unsigned char*>(text), -1, -1, 0) == 1);
}

TestCa::Certificate blank(EVP_PKEY* key, long serial, long from, long to) {
  TestCa::Certificate certificate(X509_new());
  require(certificate != nullptr);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

}  // namespace

TestCa::TestCa(const char* common_name)
    : key_(EVP_EC_gen("P-256")), root_(blank(key_.get(), 1, -7200, 7200)) {
  name(root_.get(), X509_get_subject_name, common_name);
  name(root_.get(), X509_get_issuer_name, common_name);
  add_extension(root_.get(), root_.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(root_.get(), root_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(root_.get(), root_.get(), NID_subject_key_identifier, "hash");
  require(X509_sign(root_.get(), key_.get(), EVP_sha256()) != 0);

  bundle_ = std::filesystem::temp_directory_path() / "crosslog-test-ca-XXXXXX";
  const int descriptor = mkstemp(bundle_.data());
  require(descriptor >= 0);
  std::FILE* file = fdopen(descriptor, "w");
  require(file != nullptr && PEM_write_X509(file, root_.get()) == 1);
  std::fclose(file);
}

TestCa::~TestCa() {
  unlink(bundle_.c_str());
}

TestCa::Context TestCa::server(const ServerTls& options) const {
  const Key key(options.rsa ? EVP_RSA_gen(2048U) : EVP_EC_gen("P-256"));
  const Certificate leaf = blank(key.get(), 2, options.valid_from_seconds, options.valid_to_seconds);
  name(leaf.get(), X509_get_subject_name, "crosslog test server");
  X509_set_issuer_name(leaf.get(), X509_get_subject_name(root_.get()));
  add_extension(leaf.get(), root_.get(), NID_subject_alt_name, options.subject_alt_name.c_str());
  add_extension(leaf.get(), root_.get(), NID_ext_key_usage, "serverAuth");
  require(X509_sign(leaf.get(), key_.get(), EVP_sha256()) != 0);

  Context context(SSL_CTX_new(TLS_server_method()));
  if (options.min_version < TLS1_2_VERSION) SSL_CTX_set_security_level(context.get(), 0);
  require(SSL_CTX_set_min_proto_version(context.get(), options.min_version) == 1);
  require(SSL_CTX_set_max_proto_version(context.get(), options.max_version) == 1);
  require(options.tls12_ciphers == nullptr ||
          SSL_CTX_set_cipher_list(context.get(), options.tls12_ciphers) == 1);
  require(SSL_CTX_use_certificate(context.get(), leaf.get()) == 1);
  require(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
  return context;
}

}  // namespace crosslog::test
