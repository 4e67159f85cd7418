using System.Globalization;

namespace AppStack.Operations.Benchmarks;

/// <summary>What a run of <c>pgbench</c> measured.</summary>
/// <param name="TransactionsPerSecond">Without the time in which connections were made.</param>
internal sealed record PgbenchResult(double TransactionsPerSecond)
{
    private const string Label = "tps = ";

    /// <summary>Reads its report.</summary>
    /// <exception cref="InvalidOperationException">There is no result in it, or transactions failed.</exception>
    public static PgbenchResult Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        var rate = lines.Find(line => line.StartsWith(Label, StringComparison.Ordinal));
        return rate is not null && double.TryParse(rate[Label.Length..].Split(' ')[0], CultureInfo.InvariantCulture, out var value)
            && lines.TrueForAll(line => !line.Contains("aborted", StringComparison.Ordinal))
            ? new(value)
            : throw new InvalidOperationException($"pgbench gave no result: {text.Trim()}");
    }
}
