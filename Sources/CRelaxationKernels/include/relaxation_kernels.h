/* Kernels of backward bounds. Many linear functionals ("rows") go through a network together: the coefficients of one
 * neuron lie side by side, one a row, so that every loop runs along rows. `rows` is their number, a multiple of 4.
 *
 * Every operation is an IEEE 754 operation on binary64 or a fused multiply-add, in an order that does not depend on the
 * processor: the results have the same bits everywhere. */
#ifndef ORDAIN_RELAXATION_KERNELS_H
#define ORDAIN_RELAXATION_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Of an elementwise function v = f(z), one number a neuron each: where a <= z <= b,
 * lower_slope z + lower_offset <= v <= upper_slope z + upper_offset. */
struct ordain_relaxation {
  const double *lower_slope;
  const double *lower_offset;
  const double *upper_slope;
  const double *upper_offset;
  /* Charged to a row for each unit of its coefficient on v. */
  const double *offset_slack;
};

/* Replaces functionals of v by functionals of z that are not above them, for the neurons in `active`:
 * to[k] (+)= slope from[k], constants += offset from[k], slacks += offset_slack |from[k]|. `from` may be `to`. The slopes
 * of lower lines are those of `own_slopes` where that is not null, each row's own. */
void ordain_relax(
    const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
    struct ordain_relaxation relaxation, const double *own_slopes, double *constants, double *slacks);

/* constants += bias[k] coefficients[k], slacks += slack[k] |coefficients[k]|, for the neurons in `active`. */
void ordain_add_terms(
    const double *coefficients, size_t rows, const int32_t *active, size_t active_count, const double *bias,
    const double *slack, double *constants, double *slacks);

/* to[j] (+)= sum over k in `active` of weights[k * stride + j] from[k], for j < columns. */
void ordain_multiply_dense(
    const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
    const double *weights, size_t stride, size_t columns);

/* to[column[e]] += value[e] from[k] for the entries start[k] <= e < start[k + 1] of each k in `active`. */
void ordain_multiply_sparse(
    const double *from, double *to, size_t rows, const int32_t *active, size_t active_count,
    const int32_t *start, const int32_t *column, const double *value);

/* to[k] += sum of value[e] from[column[e]] over the entries of k, for k < outputs: the map itself. */
void ordain_gather_sparse(
    const double *from, double *to, size_t rows, size_t outputs, const int32_t *start, const int32_t *column,
    const double *value);

/* minima[r] = constants[r] + sum over i of the least value of coefficients[i][r] x_i, lower[i] <= x_i <= upper[i];
 * slacks[r] += input_slack[i] |coefficients[i][r]|. */
void ordain_concretize(
    const double *coefficients, size_t rows, size_t inputs, const double *lower, const double *upper,
    const double *input_slack, const double *constants, double *minima, double *slacks);

#endif
