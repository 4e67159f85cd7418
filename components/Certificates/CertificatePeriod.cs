namespace AppStack.Components.Certificates;

/// <summary>
/// When certificates are issued anew. Time is cut into periods; the first deployment in a new period issues them again, long before they
/// expire. Each certificate has a shift of its own, so that not all are renewed by one deployment.
/// </summary>
public static class CertificatePeriod
{
    /// <summary>How long a certificate is valid, in days.</summary>
    public const int ValidDays = 200;

    /// <summary>How long a period is, in days. A certificate that misses one period has still more than two left.</summary>
    public const int PeriodDays = 60;

    /// <summary>The number of the period in which a moment lies.</summary>
    /// <param name="name">Name of the certificate; gives its shift.</param>
    /// <param name="now">The moment.</param>
    /// <returns>A number that grows by one every <see cref="PeriodDays"/> days.</returns>
    public static long Of(string name, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        var days = now.ToUnixTimeSeconds() / 86_400;
        var shift = name.Aggregate(0, (sum, letter) => ((sum * 31) + letter) % PeriodDays);
        return (days + shift) / PeriodDays;
    }
}
