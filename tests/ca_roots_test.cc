// Whom the index believes: for every bundle and every chain the verdict, the
// error, its depth and the chain are those of a store that OpenSSL has loaded.
#define BOOST_TEST_MODULE ca_roots
#include "http/ca_roots.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "crosslog/transport.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_ca.h"

namespace data = boost::unit_test::data;
using namespace crosslog;
using namespace crosslog::test;
using crosslog::http::CaRoots;
using crosslog::http::CaRootsCache;

namespace {

struct Drop {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  void operator()(X509_CRL* list) const noexcept { X509_CRL_free(list); }
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
  void operator()(X509_STORE_CTX* context) const noexcept { X509_STORE_CTX_free(context); }
  void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_free(list); }
};
template <class T>
using Owned = std::unique_ptr<T, Drop>;

// A text as one of the string types that names are made of.
struct Dress {
  std::string text;
  int type = V_ASN1_UTF8STRING;
};

Dress utf16(std::string_view ascii) {
  Dress dress{.text = {}, .type = V_ASN1_BMPSTRING};
  for (const char c : ascii)
    dress.text += {'\0', c};
  return dress;
}

// One key and name, which may have several certificates.
struct Identity {
  explicit Identity(std::vector<Dress> parts) : key(EVP_EC_gen("P-256")), name(std::move(parts)) {}
  Owned<EVP_PKEY> key;
  std::vector<Dress> name;  // O, CN
};

struct Terms {
  long from = -7200, to = 7200;
  bool is_ca = true;
  bool has_key_ids = true;
  std::vector<Dress> issuer_name{};  // as the issuer is named in it; empty: as it names itself
};

void set_name(X509_NAME* name, const std::vector<Dress>& parts) {
  const char* fields[] = {"O", "CN"};
  std::size_t i = 0;
  for (const Dress& part : parts)
    BOOST_REQUIRE(X509_NAME_add_entry_by_txt(name, fields[i++], part.type,
                                             reinterpret_cast<const unsigned char*>(part.text.data()),
                                             static_cast<int>(part.text.size()), -1, 0) == 1);
}

void extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  BOOST_REQUIRE((extension != nullptr && X509_add_ext(certificate, extension, -1) == 1));
  X509_EXTENSION_free(extension);
}

Owned<X509> sign(const Identity& subject, const Identity& issuer, const Terms& terms = {}) {
  static long serial = 1;
  Owned<X509> certificate(X509_new());
  X509* const made = certificate.get();
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
  X509_gmtime_adj(X509_getm_notBefore(made), terms.from);
  X509_gmtime_adj(X509_getm_notAfter(made), terms.to);
  set_name(X509_get_subject_name(made), subject.name);
  set_name(X509_get_issuer_name(made), terms.issuer_name.empty() ? issuer.name : terms.issuer_name);
  X509_set_pubkey(made, subject.key.get());
  extend(made, made, NID_basic_constraints, terms.is_ca ? "critical,CA:TRUE" : "CA:FALSE");
  if (!terms.is_ca) extend(made, made, NID_subject_alt_name, "IP:127.0.0.1");
  if (terms.has_key_ids) {
    // The issuer's key id comes from a certificate; any with its key will do.
    Owned<X509> holder(X509_new());
    X509_set_pubkey(holder.get(), issuer.key.get());
    extend(holder.get(), holder.get(), NID_subject_key_identifier, "hash");
    extend(made, made, NID_subject_key_identifier, "hash");
    extend(made, holder.get(), NID_authority_key_identifier, "keyid:always");
  }
  BOOST_REQUIRE(X509_sign(made, issuer.key.get(), EVP_sha256()) != 0);
  return certificate;
}

std::string pem(X509* certificate) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

// For mail, not for servers.
std::string trusted_pem(X509* certificate) {
  const Owned<X509> copy(X509_dup(certificate));
  ASN1_OBJECT* object = OBJ_nid2obj(NID_email_protect);
  X509_add1_trust_object(copy.get(), object);
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_AUX(bio.get(), copy.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string crl_pem(const Identity& issuer) {
  const Owned<X509_CRL> list(X509_CRL_new());
  X509_CRL_set_version(list.get(), 1);
  Owned<X509> holder(X509_new());
  set_name(X509_get_subject_name(holder.get()), issuer.name);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(holder.get()));
  ASN1_TIME* now = X509_gmtime_adj(nullptr, 0);
  X509_CRL_set1_lastUpdate(list.get(), now);
  X509_CRL_set1_nextUpdate(list.get(), now);
  ASN1_TIME_free(now);
  X509_CRL_sign(list.get(), issuer.key.get(), EVP_sha256());
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_CRL(bio.get(), list.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

struct Chain {
  std::string what;
  std::vector<X509*> sent;  // the leaf first
};
struct Bundle {
  std::string what, text;
  bool indexed = true;
  friend std::ostream& operator<<(std::ostream& out, const Bundle& bundle) { return out << bundle.what; }
};

// Every certificate of the matrix, made once.
struct World {
  Identity root{{{"Example  Trust"}, {"Root One"}}};
  Identity other_root{{{"Example Trust"}, {"Root Two"}}};
  Identity stranger{{{"Nobody"}, {"Stranger"}}};
  Identity intermediate{{{"Example Trust"}, {"Issuing"}}};
  Identity server{{{"Example"}, {"service.example"}}};
  // The names of one meaning, in other dress.
  Identity namesake{{{"example trust"}, {"ROOT ONE"}}};
  Identity accents{{{"\xC3\x89xample"}, {"Root Three", V_ASN1_PRINTABLESTRING}}};

  Owned<X509> root_cert = sign(root, root);
  Owned<X509> root_again = sign(root, root, {.to = 9000});
  Owned<X509> root_expired = sign(root, root, {.from = -9000, .to = -60});
  Owned<X509> root_to_come = sign(root, root, {.from = 600});
  Owned<X509> root_no_ids = sign(root, root, {.has_key_ids = false});
  Owned<X509> root_no_ca = sign(root, root, {.is_ca = false});
  Owned<X509> other_cert = sign(other_root, other_root);
  Owned<X509> namesake_cert = sign(namesake, namesake);
  Owned<X509> namesake_no_ids = sign(namesake, namesake, {.has_key_ids = false});
  Owned<X509> accents_cert = sign(accents, accents);
  Owned<X509> cross = sign(root, other_root);  // root's key, vouched for by another
  Owned<X509> cross_expired = sign(root, other_root, {.from = -9000, .to = -60});
  Owned<X509> issuing = sign(intermediate, root);
  Owned<X509> issuing_by_other = sign(intermediate, other_root);
  Owned<X509> issuing_expired = sign(intermediate, root, {.from = -9000, .to = -60});

  Owned<X509> leaf = sign(server, root, {.is_ca = false});
  Owned<X509> leaf_no_ids = sign(server, root, {.is_ca = false, .has_key_ids = false});
  Owned<X509> leaf_expired = sign(server, root, {.from = -9000, .to = -60, .is_ca = false});
  Owned<X509> leaf_of_issuing = sign(server, intermediate, {.is_ca = false});
  Owned<X509> leaf_of_stranger = sign(server, stranger, {.is_ca = false});
  Owned<X509> leaf_of_namesake = sign(server, namesake, {.is_ca = false});
  Owned<X509> leaf_self_signed = sign(server, server, {.is_ca = false});
  Owned<X509> leaf_forged = forged();
  Owned<X509> leaf_upper = sign(server, root, named({{"EXAMPLE TRUST "}, {" root one"}}));
  Owned<X509> leaf_bmp = sign(server, root, named({{"Example Trust", V_ASN1_T61STRING}, utf16("Root One")}));
  Owned<X509> leaf_accents =
      sign(server, accents, named({{"\xC9xample", V_ASN1_T61STRING}, {"root  three"}}));
  Owned<X509> leaf_accents_lower = sign(server, accents, named({{"\xC3\xA9xample"}, {"Root Three"}}));

  static Terms named(std::vector<Dress> issuer) { return {.is_ca = false, .issuer_name = std::move(issuer)}; }

  Owned<X509> forged() {
    Owned<X509> certificate = sign(server, stranger, {.is_ca = false, .has_key_ids = false});
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(root_cert.get()));
    X509_sign(certificate.get(), stranger.key.get(), EVP_sha256());
    return certificate;
  }

  std::vector<Chain> chains() const;
  std::vector<Bundle> bundles() const;
};

std::vector<Chain> World::chains() const {
  return {
      {"leaf of the root", {leaf.get()}},
      {"leaf and its root", {leaf.get(), root_cert.get()}},
      {"leaf without key ids", {leaf_no_ids.get()}},
      {"expired leaf", {leaf_expired.get()}},
      {"leaf, intermediate", {leaf_of_issuing.get(), issuing.get()}},
      {"leaf without its intermediate", {leaf_of_issuing.get()}},
      {"leaf, expired intermediate", {leaf_of_issuing.get(), issuing_expired.get()}},
      {"leaf, intermediate of another root", {leaf_of_issuing.get(), issuing_by_other.get()}},
      {"leaf, intermediates of both roots", {leaf_of_issuing.get(), issuing_by_other.get(), issuing.get()}},
      {"leaf, cross-signed root", {leaf.get(), cross.get()}},
      {"leaf, expired cross-signed root", {leaf.get(), cross_expired.get()}},
      {"leaf, cross-signed root, other root", {leaf.get(), cross.get(), other_cert.get()}},
      {"leaf, intermediate, cross-signed root", {leaf_of_issuing.get(), issuing.get(), cross.get()}},
      {"unknown authority", {leaf_of_stranger.get()}},
      {"leaf of a root of the same name", {leaf_of_namesake.get()}},
      {"self-signed leaf", {leaf_self_signed.get()}},
      {"forged signature", {leaf_forged.get()}},
      {"issuer in other case and blanks", {leaf_upper.get()}},
      {"issuer in other string types", {leaf_bmp.get()}},
      {"issuer in Latin-1", {leaf_accents.get()}},
      {"issuer with another letter", {leaf_accents_lower.get()}},
      {"the root itself", {root_cert.get()}},
      {"the intermediate itself", {issuing.get()}},
  };
}

std::vector<Bundle> World::bundles() const {
  const std::string one = pem(root_cert.get()), two = pem(other_cert.get()), three = pem(accents_cert.get());
  const std::string broken = replaced(two, "\nM", "\n*");
  std::string wrong_der = two;
  wrong_der.replace(wrong_der.find('\n') + 1, 4, "AAAA");
  std::string short_by_one = one;
  short_by_one.erase(short_by_one.find("\n-----END") - 1, 1);
  return {
      {"the root", one},
      {"all roots", two + three + one},
      {"only others", two + three},
      {"twice", one + one + two + one},
      {"expired first", pem(root_expired.get()) + one},
      {"expired last", one + pem(root_expired.get())},
      {"expired only", pem(root_expired.get()) + two},
      {"expired and to come", pem(root_expired.get()) + pem(root_to_come.get())},
      {"two of one key", pem(root_again.get()) + one},
      {"same name, other key", pem(namesake_cert.get()) + one},
      {"same name, other key last", one + pem(namesake_cert.get())},
      {"same name, other key, no key ids", pem(namesake_no_ids.get()) + pem(root_no_ids.get())},
      {"same name, other key last, no key ids", pem(root_no_ids.get()) + pem(namesake_no_ids.get())},
      {"same name alone", pem(namesake_cert.get())},
      {"no authority", pem(root_no_ca.get())},
      {"intermediate alone", pem(issuing.get())},
      {"expired intermediate alone", pem(issuing_expired.get())},
      {"intermediate and root", pem(issuing.get()) + one},
      {"cross-signed root alone", pem(cross.get())},
      {"cross-signed and self-signed root", pem(cross.get()) + one},
      {"cross-signed and other root", pem(cross.get()) + two},
      {"the self-signed leaf", pem(leaf_self_signed.get()) + two},
      {"the leaf", pem(leaf.get())},
      {"CRLF", replaced(one + two, "\n", "\r\n")},
      {"blanks at the ends of lines", replaced(one + two, "\n", " \t\n")},
      {"text between", "# Root One\n=====\n\n" + one + "\nsubject=CN = Root Two\n" + two + "end"},
      {"no last newline", one.substr(0, one.size() - 1)},
      {"indented", replaced(one, "-----BEGIN", " -----BEGIN") + two, false},
      {"long text", std::string(400, 'x') + "\n" + one, false},
      {"a begin after a long text", std::string(254, 'x') + two + one, false},
      {"byte order mark", "\xEF\xBB\xBF" + one, false},
      {"NUL in the text", std::string("a\0b\n", 4) + one, false},
      {"empty", "", false},
      {"no PEM", "hello\nworld\n", false},
      {"DER", std::string("\x30\x82\x01\x00", 4), false},
      {"broken base64", one + broken, false},
      {"broken base64 first", broken + one, false},
      {"base64 that lacks a digit", short_by_one + two, false},
      {"broken DER", one + wrong_der, false},
      {"bytes behind the DER", one + replaced(two, "-----END", "AAAA\n-----END"), false},
      {"cut", (one + two).substr(0, one.size() + two.size() / 2), false},
      {"no end line", replaced(one, "-----END CERTIFICATE-----\n", "") + two, false},
      {"another end line", replaced(one, "END CERTIFICATE", "END X509 CRL") + two, false},
      {"an end line too many", one + "-----END CERTIFICATE-----\n", false},
      {"blank line inside", one.substr(0, 92) + "\n" + one.substr(92) + two, false},
      {"headers inside", replaced(one, "CATE-----\nM", "CATE-----\nA: b\n\nM"), false},
      {"old name of a block", replaced(one, "CERTIFICATE", "X509 CERTIFICATE"), false},
      {"trusted, for mail", trusted_pem(root_cert.get()), false},
      {"trusted, for mail, then plain", trusted_pem(root_cert.get()) + one, false},
      {"a CRL", one + crl_pem(root), false},
      {"a CRL alone", crl_pem(root), false},
      {"a block of another kind", "-----BEGIN NOTE-----\nAAAA\n-----END NOTE-----\n" + one, false},
  };
}

const World& world() {
  static const World made;
  return made;
}

struct Verdict {
  int valid, error, depth;
  std::vector<std::string> chain;
  friend bool operator==(const Verdict&, const Verdict&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
    return out << verdict.valid << ", " << X509_verify_cert_error_string(verdict.error) << " at "
               << verdict.depth << ", chain of " << verdict.chain.size();
  }
};

// As libssl does it in a client.
Verdict judge(X509_STORE* store, const Chain& chain) {
  const Owned<X509_STORE_CTX> context(X509_STORE_CTX_new());
  const Owned<STACK_OF(X509)> sent(sk_X509_new_null());
  for (X509* certificate : chain.sent)
    sk_X509_push(sent.get(), certificate);
  BOOST_REQUIRE(X509_STORE_CTX_init(context.get(), store, chain.sent.front(), sent.get()) == 1);
  X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(context.get()), 2);
  X509_STORE_CTX_set_default(context.get(), "ssl_server");
  Verdict verdict{.valid = X509_verify_cert(context.get()),
                  .error = X509_STORE_CTX_get_error(context.get()),
                  .depth = X509_STORE_CTX_get_error_depth(context.get()),
                  .chain = {}};
  const STACK_OF(X509)* const built = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; i < sk_X509_num(built); ++i)
    verdict.chain.push_back(pem(sk_X509_value(built, i)));
  return verdict;
}

// What libcurl makes of CURLOPT_CAINFO; nullptr: it refuses the file.
CaRoots::Store load_as_libcurl(const std::string& path) {
  CaRoots::Store store(X509_STORE_new());
  if (X509_STORE_load_file(store.get(), path.c_str()) != 1) return nullptr;
  X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST);
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

}  // namespace

BOOST_DATA_TEST_CASE(the_verdicts_are_openssls, data::make(world().bundles()), bundle) {
  const TemporaryFolder folder;
  const auto theirs = load_as_libcurl(folder.write("bundle.pem", bundle.text));
  const auto ours = CaRoots::make(bundle.text);
  // Without an index libcurl loads the file, and the verdict is OpenSSL's anyway.
  BOOST_TEST((ours != nullptr) == bundle.indexed);
  if (!ours) return;
  BOOST_REQUIRE(theirs);
  const auto used_before = ours->make_store();
  for (const Chain& chain : world().chains()) {
    BOOST_TEST_INFO_SCOPE(chain.what);
    const Verdict expected = judge(theirs.get(), chain);
    BOOST_TEST(judge(ours->make_store().get(), chain) == expected);
    BOOST_TEST(judge(used_before.get(), chain) == expected);
  }
}

// The matrix must hold both verdicts, or it proves nothing.
BOOST_AUTO_TEST_CASE(the_matrix_holds_good_and_bad) {
  std::map<int, int> errors;
  for (const Bundle& bundle : world().bundles()) {
    const auto roots = CaRoots::make(bundle.text);
    for (const Chain& chain : world().chains())
      if (roots) ++errors[judge(roots->make_store().get(), chain).error];
  }
  for (const int error : {X509_V_OK, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                          X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID,
                          X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                          X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_INVALID_CA}) {
    BOOST_TEST(errors[error] > 0, X509_verify_cert_error_string(error));
  }
}

namespace {

std::string der(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

std::string as_pem(std::string_view bytes) {
  std::string text(bytes.size() * 4 / 3 + 8, '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                                       static_cast<int>(bytes.size()))));
  for (std::size_t at = 64; at < text.size(); at += 65)
    text.insert(at, 1, '\n');
  return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
}

// Indexed: OpenSSL reads it too, as the same certificates.
bool is_openssls_to_take(const std::string& text) {
  const auto index = http::index_bundle(text);
  if (!index) return true;
  const Owned<BIO> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  STACK_OF(X509_INFO)* const read = PEM_X509_INFO_read_bio(bio.get(), nullptr, nullptr, nullptr);
  bool same = read != nullptr && static_cast<std::size_t>(sk_X509_INFO_num(read)) == index->size();
  for (std::size_t i = 0; same && i < index->size(); ++i) {
    X509* const theirs = sk_X509_INFO_value(read, static_cast<int>(i))->x509;
    const std::string_view lines = std::string_view(text).substr((*index)[i].offset, (*index)[i].size);
    same = theirs != nullptr && der(theirs) == http::decode_certificate(lines);
  }
  sk_X509_INFO_pop_free(read, X509_INFO_free);
  return same;
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_changed_byte_is_taken_that_openssl_refuses) {
  const std::string good = der(world().root_cert.get());
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const char changed : {'\0', '\1', '\x7f', '\x80', '\xff', static_cast<char>(good[at] ^ 1),
                               static_cast<char>(good[at] + 1), static_cast<char>(good[at] ^ 0x20)}) {
      std::string bad = good;
      bad[at] = changed;
      BOOST_TEST(is_openssls_to_take(as_pem(bad)), "byte " << at << " is " << int{changed});
    }
}

BOOST_AUTO_TEST_CASE(no_changed_character_is_taken_that_openssl_refuses) {
  const std::string good = "text\n" + pem(world().root_cert.get()) + pem(world().other_cert.get());
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const std::string_view changed : {"", "\n", " ", "\r", "-", "=", ":", "A", "\x80", "\n\n", "=="}) {
      std::string bad = good;
      bad.replace(at, 1, changed);
      BOOST_TEST(is_openssls_to_take(bad), "character " << at << " is " << changed);
    }
}

namespace {

struct FreeContext {
  void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

Context serve(const Chain& chain) {
  Context context(SSL_CTX_new(TLS_server_method()));
  BOOST_REQUIRE(SSL_CTX_use_certificate(context.get(), chain.sent.front()) == 1);
  BOOST_REQUIRE(SSL_CTX_use_PrivateKey(context.get(), world().server.key.get()) == 1);
  for (std::size_t i = 1; i < chain.sent.size(); ++i)
    BOOST_REQUIRE(SSL_CTX_add1_chain_cert(context.get(), chain.sent[i]) == 1);
  return context;
}

Script tls_answer(SSL_CTX* tls) {
  return [tls](Peer& peer) {
    if (peer.start_tls(tls)) answer(ok("inside"))(peer);
  };
}

Result<HttpResponse> fetch(Transport& transport, const LoopbackServer& server,
                           const std::string& host = "127.0.0.1") {
  return transport.send({.method = "GET", .origin = "https://" + host + ":" + std::to_string(server.port())},
                        {});
}

std::unique_ptr<Transport> trusting(const std::string& path) {
  auto transport = make_curl_transport({.ca_bundle = path});
  BOOST_REQUIRE(transport);
  return std::move(*transport);
}

}  // namespace

// Through libcurl, indexed or not: what the user sees is what a loaded file gives.
BOOST_DATA_TEST_CASE(the_transport_says_the_same, data::make(world().bundles()), bundle) {
  const TemporaryFolder folder;
  const std::string path = folder.write("bundle.pem", bundle.text);
  const auto theirs = load_as_libcurl(path);
  const auto transport = trusting(path);
  const World& w = world();
  const Chain chains[] = {{"leaf", {w.leaf.get()}},
                          {"intermediate", {w.leaf_of_issuing.get(), w.issuing.get()}},
                          {"cross", {w.leaf.get(), w.cross.get()}},
                          {"stranger", {w.leaf_of_stranger.get()}}};
  for (const Chain& chain : chains) {
    BOOST_TEST_INFO_SCOPE(chain.what);
    const Context tls = serve(chain);
    LoopbackServer server(tls_answer(tls.get()));
    const auto response = fetch(*transport, server);
    if (!theirs) {
      BOOST_REQUIRE(!response);
      BOOST_TEST(name(response.error().code) == "configuration");
      BOOST_TEST(response.error().message.find("error setting certificate file: " + path) !=
                 std::string::npos);
      continue;
    }
    const Verdict expected = judge(theirs.get(), chain);
    BOOST_TEST(response.has_value() == (expected.valid == 1));
    // Of a signature libcurl tells what libcrypto said about it.
    if (!response && expected.error != X509_V_ERR_CERT_SIGNATURE_FAILURE) {
      const std::string reason = X509_verify_cert_error_string(expected.error);
      BOOST_TEST(response.error().message.find(reason) != std::string::npos, response.error().message);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_host_is_checked_as_ever) {
  const TemporaryFolder folder;
  const Context tls = serve({"leaf", {world().leaf.get()}});
  LoopbackServer server(tls_answer(tls.get()));
  const auto transport = trusting(folder.write("bundle.pem", pem(world().root_cert.get())));
  BOOST_TEST(fetch(*transport, server).has_value());
  const auto response = fetch(*transport, server, "localhost");
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message.find("no alternative certificate subject name matches") !=
             std::string::npos);
}

// SSL_CERT_FILE and SSL_CERT_DIR are OpenSSL's own places; a bundle that is named
// is the only one.
BOOST_AUTO_TEST_CASE(no_other_roots_are_believed) {
  const TemporaryFolder folder;
  const std::string root = folder.write("root.pem", pem(world().root_cert.get()));
  const std::string hash = [] {
    char text[16];
    std::snprintf(text, sizeof(text), "%08lx.0", X509_subject_name_hash(world().root_cert.get()));
    return std::string(text);
  }();
  folder.write(hash, pem(world().root_cert.get()));
  setenv("SSL_CERT_FILE", root.c_str(), 1);
  setenv("SSL_CERT_DIR", folder.path().c_str(), 1);
  const Context tls = serve({"leaf", {world().leaf.get()}});
  LoopbackServer server(tls_answer(tls.get()));
  const auto transport = trusting(folder.write("bundle.pem", pem(world().other_cert.get())));
  const auto response = fetch(*transport, server);
  unsetenv("SSL_CERT_FILE");
  unsetenv("SSL_CERT_DIR");
  BOOST_REQUIRE(!response);
  BOOST_TEST(response.error().message.find("unable to get local issuer certificate") != std::string::npos);
}

// A proxy that speaks TLS is judged by the same roots, and so is what is behind it.
BOOST_AUTO_TEST_CASE(proxies_are_judged_too) {
  const TemporaryFolder folder;
  const std::string good = folder.write("good.pem", pem(world().root_cert.get()));
  const std::string bad = folder.write("bad.pem", pem(world().other_cert.get()));
  const Context tls = serve({"leaf", {world().leaf.get()}});
  for (const std::string& bundle : {good, bad}) {
    LoopbackServer proxy([&](Peer& peer) {
      if (peer.start_tls(tls.get())) answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")(peer);
    });
    auto transport = make_curl_transport(
        {.ca_bundle = bundle, .https_proxy = "https://127.0.0.1:" + std::to_string(proxy.port())});
    BOOST_REQUIRE(transport);
    BOOST_TEST(!(*transport)->send({.method = "GET", .origin = "https://service.example"}, {}));
    BOOST_TEST(proxy.requests().size() == (bundle == good ? 1U : 0U));
  }
}

BOOST_AUTO_TEST_CASE(many_threads_share_the_index) {
  const auto roots = CaRoots::make(pem(world().other_cert.get()) + pem(world().root_cert.get()));
  BOOST_REQUIRE(roots);
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        good += judge(roots->make_store().get(), {"leaf", {world().leaf.get()}}).valid;
    });
  for (std::thread& thread : threads)
    thread.join();
  BOOST_TEST(good == 80);
}

BOOST_AUTO_TEST_CASE(a_bundle_is_read_once_and_again_when_it_changes) {
  const TemporaryFolder folder;
  const std::string path = folder.write("bundle.pem", pem(world().root_cert.get()));
  CaRootsCache cache;
  const auto first = cache.get(path);
  BOOST_REQUIRE(first);
  BOOST_TEST(cache.get(path) == first);
  folder.write("bundle.pem", pem(world().root_cert.get()) + pem(world().other_cert.get()));
  const auto second = cache.get(path);
  BOOST_REQUIRE(second);
  BOOST_TEST(second != first);
  folder.write("bundle.pem", "nothing");
  BOOST_TEST(cache.get(path) == nullptr);
  BOOST_TEST(cache.get(path + ".not-there") == nullptr);
  BOOST_TEST(cache.get(folder.path()) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_bundle_without_end_has_no_index) {
  const std::string one = pem(world().root_cert.get());
  BOOST_TEST(CaRoots::make(one + std::string(http::kMaxIndexedBundleBytes, '\n')) == nullptr);
  BOOST_TEST(CaRoots::make(one + std::string(http::kMaxIndexedBundleBytes - one.size(), '\n')) != nullptr);
  CaRootsCache cache;
  BOOST_TEST(cache.get("/dev/zero") == nullptr);
}
