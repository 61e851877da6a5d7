"""The noise of gpu-worker/diffusion/noise.ts, written again from its sources, so that goldens need not store it."""

import math

import numpy as np

CENTRE = (
    [
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ],
    [
        5226.495278852545925,
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ],
)
TAIL = (
    [
        7.7454501427834140764e-4,
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ],
    [
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ],
)
FAR_TAIL = (
    [
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ],
    [
        2.04426310338993978564e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ],
)


def philox4x32(counter, key):
    """Philox4x32-10, Salmon et al. 2011."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ c3 ^ k1, p0 & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def _horner(coefficients, r):
    total = 0.0
    for c in coefficients:
        total = total * r + c
    return total


def _log(x):
    exponent = 0
    while x < math.sqrt(0.5):
        x, exponent = x * 2, exponent - 1
    s = (x - 1) / (x + 1)
    total = 0.0
    for k in range(23, 0, -2):
        total = total * (s * s) + 1 / k
    return exponent * math.log(2) + 2 * s * total


def inverse_normal(p):
    """PPND16, Wichura 1988 (AS 241)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _horner(CENTRE[0], r) / _horner(CENTRE[1], r)
    r = math.sqrt(-_log(p if q < 0 else 1 - p))
    shift, (numerator, denominator) = (1.6, TAIL) if r <= 5 else (5.0, FAR_TAIL)
    z = _horner(numerator, r - shift) / _horner(denominator, r - shift)
    return -z if q < 0 else z


def gaussian(seed: int, stream: int, shape) -> np.ndarray:
    """float32 standard normal values of the given shape, row-major."""
    count = int(np.prod(shape))
    values = []
    for i in range(0, count, 2):
        w = philox4x32((i >> 1, stream, 0, 0), (seed, 0))
        values += [inverse_normal(((high << 20) + (low >> 12) + 0.5) / 2**52) for high, low in (w[:2], w[2:])]
    return np.array(values[:count], dtype=np.float32).reshape(shape)
