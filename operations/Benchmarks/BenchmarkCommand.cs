using AppStack.Ssh;
using Spectre.Console;

namespace AppStack.Operations.Benchmarks;

/// <summary><c>appstack bench</c>: runs a benchmark and shows its values beside their targets.</summary>
internal sealed class BenchmarkCommand(OperationsContext context)
{
    private static readonly IReadOnlyList<IBenchmark> All = [new EdgeBenchmark(), new DatabaseBenchmark(), new NodesBenchmark(), new UpBenchmark(), new WafBenchmark(), new IngressBenchmark()];

    public static IReadOnlyList<KeyValuePair<string, string>> Summaries { get; } =
        [.. All.Select(benchmark => KeyValuePair.Create(benchmark.Name, benchmark.Summary))];

    public async Task<int> RunAsync(string name, bool json, CancellationToken cancellationToken)
    {
        if (All.FirstOrDefault(benchmark => benchmark.Name == name) is not { } chosen)
        {
            return Complain(OperationsExitCode.BadInput, $"there is no benchmark '{name}'; there are: {string.Join(", ", All.Select(found => found.Name))}");
        }

        try
        {
            var results = await chosen.RunAsync(context, step => context.Console.MarkupLine($"[grey]{Markup.Escape(step)}[/]"), cancellationToken);
            if (json)
            {
                await context.Out.WriteLineAsync(BenchReport.ToJson(results));
            }
            else
            {
                BenchReport.Write(context.Console, results);
            }

            // A missed target is no error: what else runs on the machine decides about it, too.
            return OperationsExitCode.Ok;
        }
        catch (Exception exception) when (exception is InvalidOperationException or SshException or SshCommandException)
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
    }

    private int Complain(int exitCode, string message) => context.Complain("bench", exitCode, message);
}
