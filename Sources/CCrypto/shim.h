#ifndef ORDAIN_CCRYPTO_SHIM_H
#define ORDAIN_CCRYPTO_SHIM_H
#include <openssl/evp.h>
#include <openssl/sha.h>
#endif
