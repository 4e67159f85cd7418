using System.Globalization;
using AppStack.Components.Monitoring;
using AppStack.Ssh;
using Spectre.Console;

namespace AppStack.Operations.Waf;

/// <summary>Reads the firewall's events from the store of a monitoring node.</summary>
internal sealed class WafEventsCommand(OperationsContext context, TimeProvider time)
{
    private const string Name = "waf events";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(WafEventsOrder order, CancellationToken cancellationToken)
    {
        if (context.Environment.Monitoring is not { } monitoring)
        {
            return context.Complain(Name, OperationsExitCode.BadInput, $"'{context.Environment.Name}' has no monitoring node, which is where events are stored; add a node with the role monitoring and the section 'monitoring' to its descriptor");
        }

        await using var ssh = new SshClient();
        var problems = new List<string>();
        // Each node has them all.
        foreach (var node in monitoring.Nodes)
        {
            try
            {
                var command = string.Create(CultureInfo.InvariantCulture, $"{WafEvents.Tool} show {order.Hours}");
                var result = await ssh.RunAsync(NodeEndpoints.For(context.Environment)[node.Name], new SshCommand(command) { Timeout = Limit }, cancellationToken);
                await WriteAsync(order, result.EnsureSuccess(command).Stdout);
                return OperationsExitCode.Ok;
            }
            catch (SshException exception)
            {
                problems.Add($"{node.Name}: {exception.Message}");
            }
        }

        return context.Complain(Name, OperationsExitCode.Off, string.Join("; ", problems));
    }

    private async Task WriteAsync(WafEventsOrder order, string text)
    {
        var (found, unreadable) = Choose(text, order, time.GetUtcNow());
        if (unreadable > 0)
        {
            context.Console.MarkupLine($"[yellow]{Name}:[/] {unreadable} lines of the store are no events.");
        }

        if (order.Json)
        {
            foreach (var line in found.Select(entry => entry.Line))
            {
                await context.Out.WriteLineAsync(line);
            }

            return;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = true }.AddColumns("TIME", "SERVICE", "CLIENT", "STATUS", "RULES", "REQUEST", "WHAT");
        foreach (var entry in found)
        {
            table.AddRow(new[]
            {
                entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), entry.Service, entry.Client,
                entry.Status.ToString(CultureInfo.InvariantCulture), string.Join(' ', entry.Rules), entry.Request, entry.What,
            }.Select(Markup.Escape).ToArray());
        }

        context.Console.Write(table);
        context.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Count} events of the last {order.Hours} h."));
    }

    /// <summary>The events that are wanted, oldest first, and how many lines are none.</summary>
    internal static (IReadOnlyList<WafEvent> Events, int Unreadable) Choose(string text, WafEventsOrder order, DateTimeOffset now)
    {
        var all = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WafEvent.Of).ToList();
        return (
            [.. all.OfType<WafEvent>().Where(found => found.Time > now - TimeSpan.FromHours(order.Hours) && (order.Service is null || found.Service == order.Service)).OrderBy(found => found.Time)],
            all.Count(found => found is null));
    }
}
