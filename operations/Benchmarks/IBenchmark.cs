namespace AppStack.Operations.Benchmarks;

/// <summary>A benchmark.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures.</summary>
    /// <param name="context">Where.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Ends it early; what it made is still removed.</param>
    /// <exception cref="InvalidOperationException">It could not be measured; with why.</exception>
    Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken);
}
