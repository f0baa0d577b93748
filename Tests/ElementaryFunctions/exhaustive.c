/* Compares the emitted elementary functions with binary64 on all bit patterns, or on every STEPth.
 *
 * Stands behind an emitted source, whose functions are KERNEL(name). The references are glibc's binary64 functions:
 * each is composed of at most four calls and operations of at most 2 units of binary64 each (glibc's manual, "Errors in
 * Math Functions"), so it is off by less than 2^-25 units of binary32. A unit is that of the true value: 2^(e-23) for
 * 2^e <= |value| < 2^(e+1), and at least 2^-149.
 *
 * usage: main STEP THREADS. Prints the largest error of each function. Exits with 1 where one exceeds its bound,
 * leaves its range, or loses a NaN, an infinity or the sign of a zero. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define SMALL 0x1p-11 /* below it two or three terms of the series are exact to 2^-40 */

static double true_exp(double x) { return fabs(x) < SMALL ? 1 + x * (1 + x * (0.5 + x / 6)) : exp(x); }
static double true_expm1(double x)
{
  if (x >= 0) return 0;
  return -x < SMALL ? x * (1 + x * (0.5 + x * (1.0 / 6 + x / 24))) : x < -40 ? -1 : expm1(x);
}
static double true_sigmoid(double x)
{
  if (fabs(x) < SMALL) return 0.5 + x * (0.25 - x * x / 48);
  if (x > 40) return 1;
  if (x < -110) return 0;
  return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}
static double true_tanh(double x)
{
  if (fabs(x) < SMALL) return x * (1 - x * x * (1.0 / 3 - x * x * (2.0 / 15)));
  return fabs(x) > 20 ? copysign(1, x) : tanh(x);
}
static double true_erf(double x)
{
  if (fabs(x) < SMALL) return x * M_2_SQRTPI * (1 - x * x * (1.0 / 3 - x * x / 10));
  return fabs(x) > 6 ? copysign(1, x) : erf(x);
}
static double true_gelu(double x)
{
  if (fabs(x) < SMALL) return x * (0.5 + x * M_2_SQRTPI * M_SQRT1_2 / 2 * (1 - x * x / 6));
  if (fabs(x) > 20) return x < 0 ? -0.0 : x;
  return x < 0 ? x * (0.5 * erfc(-x * M_SQRT1_2)) : x * (1 - 0.5 * erfc(x * M_SQRT1_2));
}
static double true_gelu_tanh(double x)
{
  if (fabs(x) > 20) return x < 0 ? -0.0 : x;
  return x * true_sigmoid(2 * sqrt(2 / M_PI) * (x + 0.044715 * x * x * x));
}
static double true_softplus(double x)
{
  if (fabs(x) < SMALL) return M_LN2 + x * (0.5 + x * (0.125 - x * x / 192));
  return x > 50 ? x : x < -110 ? 0 : fmax(x, 0) + log1p(exp(-fabs(x)));
}

struct function {
  const char *name;
  float (*computed)(float);
  double (*exact)(double);
  double bound; /* in units; of gelu_tanh in 2^-24 of the operand */
  double lowest, highest;
};
static const struct function functions[] = {
  {"exponential", KERNEL(exponential), true_exp, 1.2, 0, INFINITY},
  {"exponential_minus_one", KERNEL(exponential_minus_one), true_expm1, 1.5, -1, 0},
  {"sigmoid", KERNEL(sigmoid), true_sigmoid, 3, 0, 1},
  {"tanh", KERNEL(tanh), true_tanh, 3, -1, 1},
  {"erf", KERNEL(erf), true_erf, 1.5, -1, 1},
  {"gelu", KERNEL(gelu), true_gelu, 5, -0.17, INFINITY},
  {"gelu_tanh", KERNEL(gelu_tanh), true_gelu_tanh, 2.5, -0.1705, INFINITY},
  {"softplus", KERNEL(softplus), true_softplus, 3.5, 0, INFINITY},
  {"logarithm", KERNEL(logarithm), log, 2.5, -INFINITY, 89},
  {"square_root", KERNEL(square_root), sqrt, 0.5000001, -0.0, INFINITY},
};

static uint32_t step = 1;
static unsigned threads = 1;

struct share {
  const struct function *function;
  unsigned number;
  double largest;   /* in units */
  double relative;  /* in 2^-24 of the operand */
  double absolute;  /* where the operand is at most 20 */
  uint32_t at;
  unsigned long failures, count;
  uint32_t failed;
};

static float from_bits(uint32_t bits) { float x; memcpy(&x, &bits, 4); return x; }
static uint32_t to_bits(float x) { uint32_t bits; memcpy(&bits, &x, 4); return bits; }

static void check(struct share *s, uint32_t bits, float y)
{
  float x = from_bits(bits);
  double exact = s->function->exact(x);
  float rounded = (float)exact;
  int good;
  ++s->count;
  if (isnan(exact) || isnan(y)) {
    good = isnan(exact) && isnan(y);
  } else if (isinf(rounded) || isinf(y)) {
    good = y == rounded || (fabs(exact) > 0x1.fffffdp+127 && isfinite(exact));
  } else {
    uint32_t exponent = to_bits(rounded) >> 23 & 0xff;
    double unit, error = fabs((double)y - exact);
    if (fabs((double)rounded) > fabs(exact) && (to_bits(rounded) & 0x7fffff) == 0 && exponent > 0) --exponent;
    unit = exponent <= 1 ? 0x1p-149 : (double)from_bits((exponent << 23)) * 0x1p-23;
    if (error / unit > s->largest) s->largest = error / unit, s->at = bits;
    if (fabs(x) <= 20 && error > s->absolute) s->absolute = error;
    if (fabs(x) > 0x1p-100 && error > s->relative * fabs(x) * 0x1p-24) s->relative = error / (fabs(x) * 0x1p-24);
    good = s->function->exact == true_gelu_tanh ? error <= s->function->bound * 0x1p-24 * fabs(x) + 0x1p-149 : error <= s->function->bound * unit;
    /* binary64 has the digits for which rounding its root again is rounding the root */
    good = good && (s->function->exact != sqrt || y == rounded);
    good = good && y >= s->function->lowest && y <= s->function->highest;
    good = good && (exact != 0 || (y == 0 && (signbit(y) != 0) == (signbit(exact) != 0)) || s->function->exact == log);
  }
  if (!good && s->failures++ == 0) s->failed = bits;
}

static void *run(void *argument)
{
  struct share *s = argument;
  enum { block = 4096 };
  static __thread float y[block];
  for (uint64_t start = (uint64_t)s->number * block * step; start < 1ull << 32; start += (uint64_t)threads * block * step) {
    for (uint32_t i = 0; i < block; ++i) y[i] = s->function->computed(from_bits((uint32_t)(start + i * (uint64_t)step)));
    for (uint32_t i = 0; i < block && start + i * (uint64_t)step < 1ull << 32; ++i)
      check(s, (uint32_t)(start + i * (uint64_t)step), y[i]);
  }
  return NULL;
}

int main(int count, char **arguments)
{
  int failed = 0;
  if (count > 1) step = (uint32_t)strtoul(arguments[1], NULL, 10);
  if (count > 2) threads = (unsigned)strtoul(arguments[2], NULL, 10);
  for (size_t f = 0; f < sizeof functions / sizeof *functions; ++f) {
    struct share shares[64] = {{0}}, all = {0};
    pthread_t ids[64];
    for (unsigned t = 0; t < threads; ++t) {
      shares[t].function = &functions[f];
      shares[t].number = t;
      if (pthread_create(&ids[t], NULL, run, &shares[t]) != 0) return 2;
    }
    for (unsigned t = 0; t < threads; ++t) {
      pthread_join(ids[t], NULL);
      if (shares[t].largest > all.largest) all.largest = shares[t].largest, all.at = shares[t].at;
      all.relative = fmax(all.relative, shares[t].relative);
      all.absolute = fmax(all.absolute, shares[t].absolute);
      if (shares[t].failures > 0) all.failed = shares[t].failed;
      all.failures += shares[t].failures;
      all.count += shares[t].count;
    }
    printf("%-22s %10lu inputs, at most %.4f units (at %a), %.3g absolute, %.3f * 2^-24 |x|, %lu failures", functions[f].name,
           all.count, all.largest, from_bits(all.at), all.absolute, all.relative, all.failures);
    if (all.failures > 0) printf(", one at %a -> %a", from_bits(all.failed), functions[f].computed(from_bits(all.failed)));
    puts("");
    fflush(stdout);
    failed = failed || all.failures > 0;
  }
  return failed;
}
