/* See proof_kernels.h: compiled for AVX2 with FMA and for any processor, from one text; the same bits everywhere. */
#include "proof_kernels.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t bits __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#define KERNEL __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define KERNEL
#endif
#define EACH(k) for (size_t i = 0, k; i < count && (k = (size_t)list[i], 1); i++)

/* Macros, as vectors are passed to no function that is compiled for any processor. */
#define AT(p) (*(eight *)(p))
#define GET(p) (*(const eight *)(p))
#define ALL(x) ((eight){(x), (x), (x), (x), (x), (x), (x), (x)})
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define SIZE(a) __builtin_elementwise_abs(a)
#define PICK(m, a, b) ((eight)(((m) & (bits)(a)) | (~(m) & (bits)(b))))
#define NUMBER(which) (each ? GET(lines + (5 * n + (which)) * proof_lanes + r) : ALL(lines[5 * n + (which)]))

INLINE double larger(double a, double b) { return a > b ? a : b; }
INLINE double absolute(double a) { return a < 0 ? -a : a; }

INLINE void block(const double *from, double *to, int adds, size_t rows, const int32_t *list, size_t count,
                  const double *w, size_t stride, size_t columns) {
  eight sum[6];
  for (size_t j = 0; j < columns; j++) sum[j] = adds ? GET(to + j * rows) : ALL(0);
  EACH(k) {
    eight x = GET(from + k * rows);
    for (size_t j = 0; j < columns; j++) sum[j] = FMA(x, ALL(w[k * stride + j]), sum[j]);
  }
  for (size_t j = 0; j < columns; j++) AT(to + j * rows) = sum[j];
}

KERNEL void proof_multiply(const double *from, double *to, int adds, size_t rows, const int32_t *list, size_t count,
                           const double *w, size_t stride, size_t columns) {
  for (size_t r = 0; r < rows; r += 8) {
    size_t j = 0;
    for (; j + 6 <= columns; j += 6) block(from + r, to + j * rows + r, adds, rows, list, count, w + j, stride, 6);
    for (; j < columns; j++) block(from + r, to + j * rows + r, adds, rows, list, count, w + j, stride, 1);
  }
}

KERNEL void proof_scatter(const double *from, double *to, size_t rows, const int32_t *list, size_t count,
                          const int32_t *start, const int32_t *column, const double *w) {
  EACH(k) {
    for (int32_t e = start[k]; e < start[k + 1]; e++)
      for (size_t r = 0; r < rows; r += 8) {
        double *target = to + (size_t)column[e] * rows + r;
        AT(target) = FMA(GET(from + k * rows + r), ALL(w[e]), GET(target));
      }
  }
}

KERNEL void proof_add(const double *from, size_t rows, const int32_t *list, size_t count, const double *bias,
                      const double *sigma, double *c, double *s) {
  for (size_t r = 0; r < rows; r += 8) {
    eight constant = GET(c + r), slack = GET(s + r);
    EACH(k) {
      eight x = GET(from + k * rows + r);
      constant = FMA(x, ALL(bias[k]), constant);
      slack = FMA(SIZE(x), ALL(sigma[k]), slack);
    }
    AT(c + r) = constant;
    AT(s + r) = slack;
  }
}

KERNEL void proof_relax(const double *from, double *to, int adds, size_t rows, const int32_t *list, size_t count,
                        const double *lines, int each, double *c, double *s) {
  for (size_t r = 0; r < rows; r += 8) {
    eight constant = GET(c + r), slack = GET(s + r);
    EACH(k) {
      size_t n = each ? i : k;
      eight x = GET(from + k * rows + r);
      bits low = x >= ALL(0);
      eight slope = PICK(low, NUMBER(0), NUMBER(2));
      constant = FMA(x, PICK(low, NUMBER(1), NUMBER(3)), constant);
      slack = FMA(SIZE(x), NUMBER(4), slack);
      AT(to + k * rows + r) = adds ? FMA(x, slope, GET(to + k * rows + r)) : x * slope;
    }
    AT(c + r) = constant;
    AT(s + r) = slack;
  }
}

/* f(z) = z < 0 ? s z : z on l <= z <= u. Of either sign: the line with slope m = (u - s l) / (u - l), as computed, lies on
 * the far side of both ends of f if its offset is beyond (s - m) l, (1 - m) u and 0; f is convex if s <= 1, else concave. The
 * other line goes through zero with slope 1 or s. Its product with z is rounded by programs unless s is 0, 1 or -1. */
INLINE void lines_in(size_t lanes, const int32_t *list, size_t count, const double *ends, const double *slope,
                     const double *magnitude, double gamma, int floats, double *lines) {
  EACH(k) {
    double s = slope[k], up = 1 + 0x1p-50;
    double rounding = floats && s != 0 && absolute(s) != 1 ? 0x1p-24 * absolute(s) * up : 0;
    for (size_t r = 0; r < lanes; r++) {
      double l = ends[2 * i * lanes + r], u = ends[(2 * i + 1) * lanes + r];
      int mixed = l < 0 && u > 0;
      double inner = mixed ? (u > -l ? 1 : s) : u <= 0 ? s : 1;
      double m = mixed ? (u - s * l) / (u - l) : inner;
      double p = mixed ? (s - m) * l : 0, q = mixed ? (1 - m) * u : 0;
      double above = s <= 1 ? larger(larger(p, q), 0) * up : 0, below = s <= 1 ? 0 : -larger(larger(-p, -q), 0) * up;
      double error = rounding != 0 && l < 0 ? (rounding * -l + 0x1p-149) * up : 0;
      double *out = lines + 5 * i * lanes + r;
      out[0] = s <= 1 ? inner : m;
      out[lanes] = (below - error) * up;
      out[2 * lanes] = s <= 1 ? m : inner;
      out[3 * lanes] = (above + error) * up;
      out[4 * lanes] = gamma * ((absolute(m) + absolute(inner)) * magnitude[k] + (out[3 * lanes] - out[lanes]));
    }
  }
}

KERNEL void proof_lines(size_t lanes, const int32_t *list, size_t count, const double *ends, const double *slope,
                        const double *magnitude, double gamma, int floats, double *lines) {
  if (lanes == proof_lanes) lines_in(proof_lanes, list, count, ends, slope, magnitude, gamma, floats, lines);
  else lines_in(1, list, count, ends, slope, magnitude, gamma, floats, lines);
}

INLINE void ends_in(size_t lanes, const int32_t *list, size_t count, const double *known, const double *forms,
                    size_t inputs, const double *lower, const double *upper, double *ends) {
  EACH(k) {
    for (size_t side = 0; side < 2; side++) {
      double value[proof_lanes], old = side ? -known[2 * k + 1] : known[2 * k];
      const double *form = forms ? forms + (2 * i + side) * (inputs + 1) : 0;
      for (size_t r = 0; r < lanes; r++) value[r] = form ? form[inputs] : old;
      for (size_t j = 0; form && j < inputs; j++) {
        const double *end = form[j] >= 0 ? lower : upper;
        for (size_t r = 0; r < lanes; r++) value[r] += form[j] * end[j * lanes + r];
      }
      /* What is no number is never larger. */
      for (size_t r = 0; r < lanes; r++)
        ends[(2 * i + side) * lanes + r] = side ? -larger(value[r], old) : larger(value[r], old);
    }
  }
}

KERNEL void proof_ends(size_t lanes, const int32_t *list, size_t count, const double *known, const double *forms,
                       size_t inputs, const double *lower, const double *upper, double *ends) {
  if (lanes == proof_lanes) ends_in(proof_lanes, list, count, known, forms, inputs, lower, upper, ends);
  else ends_in(1, list, count, known, forms, inputs, lower, upper, ends);
}

KERNEL void proof_absolute(const double *w, size_t rows, size_t columns, const double *v, double *sums) {
  for (size_t k = 0; k < rows; k++, w += columns) {
    double part[8];
    eight sum = ALL(0);
    size_t j = 0;
    for (; j + 8 <= columns; j += 8) sum = FMA(SIZE(GET(w + j)), GET(v + j), sum);
    AT(part) = sum;
    for (size_t r = 0; r < 8; r++) sums[k] += part[r];
    for (; j < columns; j++) sums[k] += absolute(w[j]) * v[j];
  }
}
