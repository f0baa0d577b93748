#ifndef ORDAIN_CGMP_SHIM_H
#define ORDAIN_CGMP_SHIM_H
#include <gmp.h>
#include <stdlib.h>

/* GMP's function-like macros are invisible to Swift. */
static inline int ordain_mpq_sgn(const mpq_t x) { return mpq_sgn(x); }
static inline mpz_ptr ordain_mpq_numref(mpq_ptr x) { return mpq_numref(x); }
static inline mpz_ptr ordain_mpq_denref(mpq_ptr x) { return mpq_denref(x); }

#endif
