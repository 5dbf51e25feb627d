/* The static file has no NSS: ports are numbers, and c-ares finds no names for them. */
#include <errno.h>
#include <netdb.h>
#define getservbyname_r(name, proto, entry, buffer, size, found) \
  ((void)(name), (void)(proto), (void)(entry), (void)(buffer), *(found) = NULL, ENOENT)
#define getservbyport_r(port, proto, entry, buffer, size, found) \
  ((void)(port), (void)(proto), (void)(entry), (void)(buffer), *(found) = NULL, ENOENT)
#define getservbyname(name, proto) ((void)(name), (void)(proto), (struct servent*)NULL)
#define getservbyport(port, proto) ((void)(port), (void)(proto), (struct servent*)NULL)
