namespace Pipeline.Verification.Watching.Judging;

/// <summary>The probabilities that tell a bad release from bad luck.</summary>
internal static class Statistics
{
    private const int MostIterations = 100_000;
    private const double Tiny = 1e-300;
    private const double Precision = 1e-14;

    /// <summary>Lanczos' coefficients for g = 7.</summary>
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
        -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The probability of at least so many failures among so many requests, each of which fails with the given probability.</summary>
    public static double AtLeast(long failures, long requests, double probability)
    {
        if (failures <= 0)
            return 1;
        if (failures > requests)
            return 0;
        return IncompleteBeta(Math.Clamp(probability, 0, 1), failures, requests - failures + 1d);
    }

    /// <summary>The probability that Student's t exceeds the value.</summary>
    public static double StudentAbove(double value, double degreesOfFreedom)
    {
        if (double.IsPositiveInfinity(value))
            return 0;
        var tail = IncompleteBeta(degreesOfFreedom / (degreesOfFreedom + (value * value)), degreesOfFreedom / 2, 0.5) / 2;
        return value >= 0 ? tail : 1 - tail;
    }

    /// <summary>The regularized incomplete beta function, https://dlmf.nist.gov/8.17, by its continued fraction 8.17.22.</summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
            return x <= 0 ? 0 : 1;
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b));
        return x < (a + 1) / (a + b + 2)
            ? front * ContinuedFraction(x, a, b) / a
            : 1 - (front * ContinuedFraction(1 - x, b, a) / b);
    }

    /// <summary>Evaluated by Lentz's method.</summary>
    private static double ContinuedFraction(double x, double a, double b)
    {
        var c = 1d;
        var d = Reciprocal(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= MostIterations; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Reciprocal(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Reciprocal(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
                break;
        }
        return value;
    }

    private static double Reciprocal(double value) => 1 / NotZero(value);

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double z)
    {
        if (z < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * z)) - LogGamma(1 - z);
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (z - 1 + i);
        var t = z - 1 + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((z - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
