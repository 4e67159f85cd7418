using System.Text.RegularExpressions;

namespace AppStack.Operations.Benchmarks;

/// <summary>How long <c>up</c> takes on a platform that is up: with nothing to change, and after a one-line change of HAProxy's options.</summary>
internal sealed partial class UpBenchmark : IBenchmark
{
    private const int Rounds = 3;

    /// <summary>Somebody who runs `up` to be sure should not have to wait: three seconds, the build not counted.</summary>
    private const double NothingToChangeTarget = 3;

    public string Name => "up";

    public string Summary => "up with nothing to change, and after a one-line change of HAProxy's options";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var descriptor = Path.Combine(context.RepositoryRoot, environment.File);
        progress($"bringing {environment.Name} up to date");
        await SelfProcess.RunAsync(["up", descriptor, "--yes"], cancellationToken);
        var nothing = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            progress($"nothing to change: round {round} of {Rounds}");
            nothing.Add((await SelfProcess.RunAsync(["up", descriptor, "--yes"], cancellationToken)).TotalSeconds);
        }

        // A copy of the descriptor with the same name is the same stack, with the same settings; the original stays as it is.
        using var folder = new TemporaryFolder();
        var copy = folder.Write($"{environment.Name}.yaml", Change(await File.ReadAllTextAsync(descriptor, cancellationToken), environment.File));
        var settings = Path.Combine(Path.GetDirectoryName(descriptor)!, $"Pulumi.{environment.Name}.yaml");
        if (File.Exists(settings))
        {
            folder.Write(Path.GetFileName(settings), await File.ReadAllTextAsync(settings, cancellationToken));
        }

        double change;
        try
        {
            progress("one line changed, load balancers one after the other");
            change = (await SelfProcess.RunAsync(["up", copy, "--yes"], cancellationToken)).TotalSeconds;
        }
        finally
        {
            progress("changing it back");
            await SelfProcess.RunAsync(["up", descriptor, "--yes"], CancellationToken.None);
        }

        return
        [
            new BenchResult("up, nothing to change", Median.Of(nothing), "s", NothingToChangeTarget),
            new BenchResult("up, one line of HAProxy's options changed", change, "s"),
        ];
    }

    private static string Change(string descriptor, string file)
    {
        var match = MaxConnections().Match(descriptor);
        return match.Success
            ? MaxConnections().Replace(descriptor, $"${{key}}{int.Parse(match.Groups["value"].Value) + 1}", 1)
            : throw new InvalidOperationException($"{file} has no line `maxConnections: N` to change");
    }

    [GeneratedRegex(@"(?<key>maxConnections: *)(?<value>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex MaxConnections();
}
