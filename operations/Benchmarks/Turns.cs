namespace AppStack.Operations.Benchmarks;

/// <summary>
/// Two ways to the same thing, measured in turns within the same minutes: what else happens on a shared machine meets both alike, and the median
/// leaves out the rest. Only their ratio means something there.
/// </summary>
/// <param name="Mode">What is done.</param>
/// <param name="Unit">The unit of a rate.</param>
/// <param name="Rounds">How often each is measured.</param>
internal sealed record Turns(string Mode, string Unit, int Rounds)
{
    /// <summary>Measures both.</summary>
    /// <param name="direct">The way that is compared with: its name, and what measures it.</param>
    /// <param name="through">The way of the platform.</param>
    /// <param name="target">The least that the ratio of the second to the first should be; none when it is only shown.</param>
    /// <param name="progress">Told of each round.</param>
    /// <returns>Both medians, and the median of the rounds' ratios.</returns>
    public async Task<IReadOnlyList<BenchResult>> CompareAsync(
        (string Name, Func<Task<double>> Measure) direct, (string Name, Func<Task<double>> Measure) through, double? target, Action<string> progress)
    {
        var directRates = new List<double>();
        var throughRates = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            progress($"{Mode}: round {round} of {Rounds}");
            directRates.Add(await direct.Measure());
            throughRates.Add(await through.Measure());
        }

        return
        [
            new BenchResult($"{Mode}: {direct.Name}", Median.Of(directRates), Unit),
            new BenchResult($"{Mode}: {through.Name}", Median.Of(throughRates), Unit),
            new BenchResult($"{Mode}: ratio", Median.Of([.. throughRates.Zip(directRates, (a, b) => a / b)]), "ratio", target, AtLeast: true),
        ];
    }
}
