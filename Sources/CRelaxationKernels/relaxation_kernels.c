/* See relaxation_kernels.h. Each kernel is compiled for AVX2 with FMA and for any processor, from one text. */
#include "relaxation_kernels.h"

#pragma STDC FP_CONTRACT OFF
/* Vectors are passed only to functions that are inlined. */
#pragma clang diagnostic ignored "-Wpsabi"

typedef double lanes __attribute__((vector_size(32), aligned(8)));
typedef int64_t mask __attribute__((vector_size(32)));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const double *p) { return *(const lanes *)p; }
INLINE void store(double *p, lanes v) { *(lanes *)p = v; }
INLINE lanes all(double x) { return (lanes){x, x, x, x}; }
INLINE lanes fused(lanes a, lanes b, lanes c) { return __builtin_elementwise_fma(a, b, c); }
INLINE lanes magnitude(lanes a) { return (lanes)((mask)a & (mask){INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX}); }
INLINE lanes choose(mask m, lanes a, lanes b) { return (lanes)((m & (mask)a) | (~m & (mask)b)); }

INLINE void relax(
    const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
    struct ordain_relaxation f, const double *own_slopes, double *constants, double *slacks) {
  for (size_t r = 0; r < rows; r += 4) {
    lanes constant = load(constants + r), slack = load(slacks + r);
    for (size_t i = 0; i < active_count; i++) {
      size_t k = (size_t)active[i];
      lanes x = load(from + k * rows + r);
      mask positive = x >= all(0);
      lanes lower = own_slopes ? load(own_slopes + k * rows + r) : all(f.lower_slope[k]);
      lanes slope = choose(positive, lower, all(f.upper_slope[k]));
      lanes offset = choose(positive, all(f.lower_offset[k]), all(f.upper_offset[k]));
      double *target = to + k * rows + r;
      constant = fused(x, offset, constant);
      slack = fused(magnitude(x), all(f.offset_slack[k]), slack);
      store(target, accumulates ? fused(x, slope, load(target)) : x * slope);
    }
    store(constants + r, constant);
    store(slacks + r, slack);
  }
}

INLINE void add_terms(
    const double *coefficients, size_t rows, const int32_t *active, size_t active_count, const double *bias,
    const double *slack_of, double *constants, double *slacks) {
  for (size_t r = 0; r < rows; r += 4) {
    lanes constant = load(constants + r), slack = load(slacks + r);
    for (size_t i = 0; i < active_count; i++) {
      size_t k = (size_t)active[i];
      lanes x = load(coefficients + k * rows + r);
      constant = fused(x, all(bias[k]), constant);
      slack = fused(magnitude(x), all(slack_of[k]), slack);
    }
    store(constants + r, constant);
    store(slacks + r, slack);
  }
}

/* `width` vectors of rows and `count` columns; both are constants where it is called. */
INLINE void multiply_block(
    const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
    const double *weights, size_t stride, size_t width, size_t count) {
  lanes sum[12];
  for (size_t j = 0; j < count; j++)
    for (size_t v = 0; v < width; v++)
      sum[j * width + v] = accumulates ? load(to + j * rows + v * 4) : all(0);
  for (size_t i = 0; i < active_count; i++) {
    size_t k = (size_t)active[i];
    lanes x[3];
    for (size_t v = 0; v < width; v++) x[v] = load(from + k * rows + v * 4);
    const double *w = weights + k * stride;
    for (size_t j = 0; j < count; j++)
      for (size_t v = 0; v < width; v++) sum[j * width + v] = fused(x[v], all(w[j]), sum[j * width + v]);
  }
  for (size_t j = 0; j < count; j++)
    for (size_t v = 0; v < width; v++) store(to + j * rows + v * 4, sum[j * width + v]);
}

INLINE void multiply_dense(
    const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
    const double *weights, size_t stride, size_t columns) {
  size_t r = 0;
  for (; r + 12 <= rows; r += 12) {
    size_t j = 0;
    for (; j + 4 <= columns; j += 4)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 3, 4);
    for (; j < columns; j++)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 3, 1);
  }
  for (; r + 8 <= rows; r += 8) {
    size_t j = 0;
    for (; j + 5 <= columns; j += 5)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 2, 5);
    for (; j < columns; j++)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 2, 1);
  }
  for (; r < rows; r += 4) {
    size_t j = 0;
    for (; j + 10 <= columns; j += 10)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 1, 10);
    for (; j + 5 <= columns; j += 5)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 1, 5);
    for (; j < columns; j++)
      multiply_block(from + r, to + j * rows + r, accumulates, rows, active, active_count, weights + j, stride, 1, 1);
  }
}

INLINE void multiply_sparse(
    const double *from, double *to, size_t rows, const int32_t *active, size_t active_count,
    const int32_t *start, const int32_t *column, const double *value) {
  for (size_t i = 0; i < active_count; i++) {
    size_t k = (size_t)active[i];
    const double *x = from + k * rows;
    for (int32_t e = start[k]; e < start[k + 1]; e++) {
      double *target = to + (size_t)column[e] * rows;
      lanes w = all(value[e]);
      for (size_t r = 0; r < rows; r += 4) store(target + r, fused(load(x + r), w, load(target + r)));
    }
  }
}

INLINE void gather_sparse(
    const double *from, double *to, size_t rows, size_t outputs, const int32_t *start, const int32_t *column,
    const double *value) {
  for (size_t k = 0; k < outputs; k++)
    for (size_t r = 0; r < rows; r += 4) {
      lanes sum = load(to + k * rows + r);
      for (int32_t e = start[k]; e < start[k + 1]; e++)
        sum = fused(load(from + (size_t)column[e] * rows + r), all(value[e]), sum);
      store(to + k * rows + r, sum);
    }
}

INLINE void concretize(
    const double *coefficients, size_t rows, size_t inputs, const double *lower, const double *upper,
    const double *input_slack, const double *constants, double *minima, double *slacks) {
  for (size_t r = 0; r < rows; r += 4) {
    lanes minimum = load(constants + r), slack = load(slacks + r);
    for (size_t i = 0; i < inputs; i++) {
      lanes x = load(coefficients + i * rows + r);
      lanes end = choose(x >= all(0), all(lower[i]), all(upper[i]));
      minimum = fused(x, end, minimum);
      slack = fused(magnitude(x), all(input_slack[i]), slack);
    }
    store(minima + r, minimum);
    store(slacks + r, slack);
  }
}

#if defined(__x86_64__)
#define FAST __attribute__((target("avx2,fma")))
static int has_fast(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#define DISPATCH(name, parameters, arguments)                     \
  FAST static void name##_fast parameters { name arguments; }     \
  static void name##_plain parameters { name arguments; }         \
  void ordain_##name parameters {                                 \
    if (has_fast()) name##_fast arguments;                        \
    else name##_plain arguments;                                  \
  }
#else
#define DISPATCH(name, parameters, arguments) \
  void ordain_##name parameters { name arguments; }
#endif

DISPATCH(relax,
    (const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
     struct ordain_relaxation relaxation, const double *own_slopes, double *constants, double *slacks),
    (from, to, accumulates, rows, active, active_count, relaxation, own_slopes, constants, slacks))
DISPATCH(add_terms,
    (const double *coefficients, size_t rows, const int32_t *active, size_t active_count, const double *bias,
     const double *slack, double *constants, double *slacks),
    (coefficients, rows, active, active_count, bias, slack, constants, slacks))
DISPATCH(multiply_dense,
    (const double *from, double *to, int accumulates, size_t rows, const int32_t *active, size_t active_count,
     const double *weights, size_t stride, size_t columns),
    (from, to, accumulates, rows, active, active_count, weights, stride, columns))
DISPATCH(multiply_sparse,
    (const double *from, double *to, size_t rows, const int32_t *active, size_t active_count,
     const int32_t *start, const int32_t *column, const double *value),
    (from, to, rows, active, active_count, start, column, value))
DISPATCH(gather_sparse,
    (const double *from, double *to, size_t rows, size_t outputs, const int32_t *start, const int32_t *column,
     const double *value),
    (from, to, rows, outputs, start, column, value))
DISPATCH(concretize,
    (const double *coefficients, size_t rows, size_t inputs, const double *lower, const double *upper,
     const double *input_slack, const double *constants, double *minima, double *slacks),
    (coefficients, rows, inputs, lower, upper, input_slack, constants, minima, slacks))
