using System.Globalization;

namespace AppStack.Operations.Benchmarks;

/// <summary>What <c>wrk</c> (4.1) measured.</summary>
/// <param name="RequestsPerSecond">Answers per second.</param>
/// <param name="Requests">Answers in all.</param>
/// <param name="Errors">What went wrong, as wrk says it; empty when nothing did.</param>
internal sealed record WrkResult(double RequestsPerSecond, long Requests, string Errors)
{
    /// <summary>Reads wrk's output.</summary>
    /// <exception cref="InvalidOperationException">It has no result; with what it says.</exception>
    public static WrkResult Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        const string Label = "Requests/sec:";
        var rate = lines.Find(line => line.StartsWith(Label, StringComparison.Ordinal));
        if (rate is null || !double.TryParse(rate[Label.Length..], CultureInfo.InvariantCulture, out var value))
        {
            throw new InvalidOperationException($"wrk gave no result: {text.Trim()}");
        }

        // "  1234 requests in 2.00s, 1.23MB read"
        var total = lines.Select(line => line.Split(" requests in ")).FirstOrDefault(parts => parts.Length == 2)?[0];
        var errors = lines.Where(line => line.StartsWith("Socket errors:", StringComparison.Ordinal) || line.StartsWith("Non-2xx", StringComparison.Ordinal));
        return new WrkResult(value, long.TryParse(total, CultureInfo.InvariantCulture, out var requests) ? requests : 0, string.Join("; ", errors));
    }
}
