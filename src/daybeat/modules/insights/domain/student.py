"""Student's t distribution, from the standard library alone."""

from math import exp, isinf, lgamma, log, log1p

TINY = 1e-300
CLOSE = 1e-15
MOST_TERMS = 10_000


def two_sided_p(t: float, freedom: float) -> float:
    """Give the chance of a t at least as far from 0. `freedom` may be a fraction; 1.0 where it is not above 0."""
    if freedom <= 0:
        return 1.0
    if isinf(t):
        return 0.0
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t), t * t / (freedom + t * t))


def _incomplete_beta(a: float, b: float, x: float, beside: float) -> float:
    """Give the regularised incomplete beta function at x. `beside` is 1 - x, which a caller knows to more digits."""
    if x <= 0 or beside <= 0:
        return 0.0 if x <= 0 else 1.0
    # The continued fraction runs quickly on one side of the hump only; the other side is its mirror image.
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _front(b, a, beside, x) / _fraction(b, a, beside)
    return _front(a, b, x, beside) / _fraction(a, b, x)


def _front(a: float, b: float, x: float, beside: float) -> float:
    log_x = log(x) if x < 0.5 else log1p(-beside)  # noqa: PLR2004
    log_beside = log(beside) if beside < 0.5 else log1p(-x)  # noqa: PLR2004
    return exp(a * log_x + b * log_beside + lgamma(a + b) - lgamma(a) - lgamma(b)) / a


def _fraction(a: float, b: float, x: float) -> float:
    """Go down the continued fraction until it stands still (Lentz's way, which never divides by nothing)."""
    value, up, down = 1.0, 1.0, 0.0
    for n in range(1, MOST_TERMS):
        term = _term(a, b, x, n)
        down = 1.0 / (1.0 + term * down or TINY)
        up = 1.0 + term / up or TINY
        value *= up * down
        if abs(up * down - 1.0) < CLOSE:
            break
    return value


def _term(a: float, b: float, x: float, n: int) -> float:
    m, odd = divmod(n, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
