/* Loops of the proof checker over binary64 numbers. Functionals ("rows", a multiple of 8) go through a network side by
 * side: the coefficient of row r on element k is at k * rows + r. `list` holds the elements that count. */
#ifndef ORDAIN_PROOF_KERNELS_H
#define ORDAIN_PROOF_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* How many boxes are bounded side by side. */
enum { proof_lanes = 8 };

/* to[j] (+)= sum over k in list of w[k * stride + j] from[k], j < columns. */
void proof_multiply(const double *from, double *to, int adds, size_t rows, const int32_t *list, size_t count,
                    const double *w, size_t stride, size_t columns);
/* to[column[e]] += w[e] from[k], start[k] <= e < start[k + 1]. */
void proof_scatter(const double *from, double *to, size_t rows, const int32_t *list, size_t count,
                   const int32_t *start, const int32_t *column, const double *w);
/* c += bias[k] from[k], s += sigma[k] |from[k]|. */
void proof_add(const double *from, size_t rows, const int32_t *list, size_t count, const double *bias,
               const double *sigma, double *c, double *s);
/* to[k] (+)= slope from[k], c += offset from[k], s += rho |from[k]|, by the lower line where from[k] >= 0 and else by the
 * upper one. A neuron has five numbers: lower slope and offset, upper slope and offset, rho; the same for all rows at
 * 5 k, or if `each` (then rows = proof_lanes) one a row at 5 i + ..., i being its place in the list. */
void proof_relax(const double *from, double *to, int adds, size_t rows, const int32_t *list, size_t count,
                 const double *lines, int each, double *c, double *s);
/* The five numbers of leaky rectifiers on intervals: ends at 2 i and 2 i + 1, in each lane. slope, magnitude: by neuron. */
void proof_lines(size_t lanes, const int32_t *list, size_t count, const double *ends, const double *slope,
                 const double *magnitude, double gamma, int floats, double *lines);
/* ends = intervals that hold in each lane's box, from those of a larger box (at 2 k) and from forms: for each neuron of
 * the list inputs + 1 numbers below z and as many below -z. No forms if null. */
void proof_ends(size_t lanes, const int32_t *list, size_t count, const double *known, const double *forms,
                size_t inputs, const double *lower, const double *upper, double *ends);
/* sums[k] += sum of |w[k * columns + j]| v[j], k < rows, j < columns. */
void proof_absolute(const double *w, size_t rows, size_t columns, const double *v, double *sums);

#endif
