// A second reader: whatever gets an index must be read by OpenSSL in whole, as
// the same certificates, byte for byte, in the same order and nothing else. And
// whatever name of the same meaning is asked for, with other case, blanks or
// string types, the store on the index finds what OpenSSL's own store finds.
// An input that begins with 0 is the DER of one certificate; with 1, the same
// without its lengths, so that a change inside reaches the reader in a whole
// frame; any other is a bundle.
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/ca_bundle.h"
#include "http/ca_roots.h"

namespace {

using crosslog::http::CaRoots;

void require(bool ok) {
  if (!ok) __builtin_trap();
}

struct Free {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
  void operator()(X509_NAME* name) const noexcept { X509_NAME_free(name); }
  void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
  void operator()(X509_STORE_CTX* context) const noexcept { X509_STORE_CTX_free(context); }
  void operator()(STACK_OF(X509_INFO) * list) const noexcept { sk_X509_INFO_pop_free(list, X509_INFO_free); }
  void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_pop_free(list, X509_free); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// A tag, then the number of values inside or of bytes, then these.
std::string der_of_tree(std::string_view& tree, int depth) {
  if (tree.size() < 2 || depth > 12) return {};
  const char tag = tree[0];
  std::size_t count = static_cast<std::uint8_t>(tree[1]);
  tree.remove_prefix(2);
  std::string content;
  if ((tag & 0x20) != 0) {
    for (; count > 0 && !tree.empty(); --count)
      content += der_of_tree(tree, depth + 1);
  } else {
    content = tree.substr(0, count);
    tree.remove_prefix(content.size());
  }
  const std::size_t size = content.size() & 0xffff;
  std::string head(1, tag);
  if (size >= 0x100) {
    head += {'\x82', static_cast<char>(size >> 8)};
  } else if (size >= 0x80) {
    head += '\x81';
  }
  return head + static_cast<char>(size) + content.substr(0, size);
}

std::string in_pem(std::string_view der) {
  std::string text(der.size() * 4 / 3 + 8, '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                       reinterpret_cast<const unsigned char*>(der.data()),
                                                       static_cast<int>(der.size()))));
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < text.size(); at += 64)
    pem += text.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

std::string bundle_of(std::string_view bytes) {
  if (bytes.starts_with('\0')) return in_pem(bytes.substr(1));
  if (!bytes.starts_with('\1')) return std::string(bytes);
  bytes.remove_prefix(1);
  return in_pem(der_of_tree(bytes, 0));
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  require(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

// The same values in another dress: `dress` picks case, blanks and string type.
Owned<X509_NAME> dressed(const X509_NAME* name, unsigned dress) {
  Owned<X509_NAME> other(X509_NAME_new());
  int set = -1;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
    require(size >= 0);
    std::string text;
    for (const char c : std::string_view(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size))) {
      if ((dress & 1) != 0 && c == ' ') text += " \t";
      text += (dress & 2) != 0 && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    OPENSSL_free(utf8);
    if ((dress & 4) != 0) text = "  " + text + "\n ";
    const int types[] = {V_ASN1_UTF8STRING, V_ASN1_BMPSTRING, V_ASN1_UNIVERSALSTRING, V_ASN1_T61STRING};
    ASN1_STRING* value = nullptr;
    const unsigned long mask = ASN1_tag2bit(types[(dress >> 3) % 4]);
    const int type = ASN1_mbstring_copy(&value, reinterpret_cast<const unsigned char*>(text.data()),
                                        static_cast<int>(text.size()), MBSTRING_UTF8, mask);
    if (type <= 0) return nullptr;  // this type has not all of the characters
    const bool joins = X509_NAME_ENTRY_set(entry) == set;
    set = X509_NAME_ENTRY_set(entry);
    require(X509_NAME_add_entry_by_OBJ(other.get(), X509_NAME_ENTRY_get_object(entry), type, value->data,
                                       value->length, -1, joins ? -1 : 0) == 1);
    ASN1_STRING_free(value);
  }
  // The canonical form is made when the encoding is.
  return i2d_X509_NAME(other.get(), nullptr) > 0 ? std::move(other) : nullptr;
}

std::vector<std::string> found(X509_STORE* store, const X509_NAME* name) {
  Owned<X509_STORE_CTX> context(X509_STORE_CTX_new());
  require(X509_STORE_CTX_init(context.get(), store, nullptr, nullptr) == 1);
  Owned<STACK_OF(X509)> list(X509_STORE_CTX_get1_certs(context.get(), name));
  std::vector<std::string> certificates;
  for (int i = 0; list && i < sk_X509_num(list.get()); ++i)
    certificates.push_back(der_of(sk_X509_value(list.get(), i)));
  return certificates;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string pem = bundle_of(bytes);
  const auto index = crosslog::http::index_bundle(pem);
  const auto roots = CaRoots::make(pem);
  require(index.has_value() == (roots != nullptr));
  if (!index) return 0;

  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Owned<STACK_OF(X509_INFO)> theirs(PEM_X509_INFO_read_bio(bio.get(), nullptr, nullptr, nullptr));
  require(theirs && static_cast<std::size_t>(sk_X509_INFO_num(theirs.get())) == index->size());
  const Owned<X509_STORE> store(X509_STORE_new());
  for (std::size_t i = 0; i < index->size(); ++i) {
    const X509_INFO* info = sk_X509_INFO_value(theirs.get(), static_cast<int>(i));
    require(info->x509 != nullptr && info->crl == nullptr && info->x_pkey == nullptr);
    const auto& entry = (*index)[i];
    require(crosslog::http::decode_certificate(std::string_view(pem).substr(entry.offset, entry.size)) ==
            der_of(info->x509));
    require(X509_STORE_add_cert(store.get(), info->x509) == 1);
  }
  for (std::size_t i = 0; i < index->size() && i < 4; ++i) {
    const X509_NAME* name =
        X509_get_subject_name(sk_X509_INFO_value(theirs.get(), static_cast<int>(i))->x509);
    const auto expected = found(store.get(), name);
    require(!expected.empty() && found(roots->make_store().get(), name) == expected);
    const auto other = dressed(name, data[size / 2] + static_cast<unsigned>(i));
    if (other) require(found(roots->make_store().get(), other.get()) == found(store.get(), other.get()));
  }
  return 0;
}
