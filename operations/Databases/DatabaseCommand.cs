using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AppStack.Components.Postgres;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using Spectre.Console;

namespace AppStack.Operations.Databases;

/// <summary><c>appstack db</c>: what a cluster's own tool does, from here.</summary>
internal sealed class DatabaseCommand(OperationsContext context)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks at a node that rejoins; a look is one small request.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<int> RunAsync(DatabaseOrder order, CancellationToken cancellationToken)
    {
        var clusters = context.Environment.Databases;
        var cluster = order.Cluster is null && clusters.Length == 1 ? clusters[0] : clusters.FirstOrDefault(found => found.Name == order.Cluster);
        if (cluster is null)
        {
            return Complain(OperationsExitCode.BadInput, clusters.IsEmpty ? $"{context.Environment.Name} has no database cluster"
                : $"which cluster of {context.Environment.Name}? There are: {string.Join(", ", clusters.Select(found => found.Name))}");
        }

        if (order.Node is { } node && cluster.Servers.All(server => server.Name != node))
        {
            return Complain(OperationsExitCode.BadInput, $"'{node}' is not a database node of {cluster.Name}; there are: {string.Join(", ", cluster.Servers.Select(server => server.Name))}");
        }

        using var guards = new GuardClient(cluster);
        if (order.Verb == "status")
        {
            return await StatusAsync(order, cluster, guards, cancellationToken);
        }

        var question = order.Verb switch
        {
            "rejoin" => "which node shall rejoin",
            "accept-loss" => "which node shall lead",
            "force-voters" => "which node with data is left",
            _ => null,
        };
        if (question is not null && order.Node is null)
        {
            return Complain(OperationsExitCode.BadInput, $"{question} (--node)? `appstack db status` tells how far each is");
        }

        if (order.Verb is "accept-loss" or "force-voters")
        {
            return await ToolAsync(order.Node!, $"{order.Verb} --node {order.Node}", cancellationToken);
        }

        var all = await guards.AskAsync(cancellationToken);
        var follower = all.FirstOrDefault(pair => pair.Value is { Following.Length: > 0 }).Key;
        if (order.Verb == "promote")
        {
            return follower is null
                ? Complain(OperationsExitCode.BadInput, $"cluster {cluster.Name} follows nobody whose place it could take")
                : await ToolAsync(follower, $"promote{(order.Force ? " --force" : "")}", cancellationToken);
        }

        if (order.Verb == "rejoin" && follower is not null)
        {
            return await RejoinAsync(follower, order, guards, cancellationToken);
        }

        if (GuardClient.LeaderOf(all) is not { } leader)
        {
            return Complain(OperationsExitCode.Off, $"nobody leads cluster {cluster.Name}; see `appstack db status`");
        }

        return order.Verb switch
        {
            "psql" => await PsqlAsync(leader, order.Database ?? "postgres", cancellationToken),
            "switchover" => await ToolAsync(leader, $"switchover{(order.Node is null ? "" : $" --to {order.Node}")}", cancellationToken),
            _ => await RejoinAsync(leader, order, guards, cancellationToken),
        };
    }

    private async Task<int> StatusAsync(DatabaseOrder order, DatabaseSpec cluster, GuardClient guards, CancellationToken cancellationToken)
    {
        var all = await guards.AskAsync(cancellationToken);
        if (order.Json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(
                all.Select(pair => pair.Value ?? new GuardStatus { Node = pair.Key, Role = "unreachable" }), JsonSerializerOptions.Web));
        }
        else
        {
            var table = new Table().Border(TableBorder.Simple);
            table.AddColumns("node", "role", "term", "timeline", "position", "sees", "");
            foreach (var (name, status) in all)
            {
                table.AddRow(
                    Markup.Escape(name),
                    status is null ? "[red]does not answer[/]" : status.Writable ? "[green]leader[/]" : Markup.Escape(status.Role),
                    $"{status?.Term}",
                    status is { Timeline: > 0 } ? $"{status.Timeline}" : "",
                    status is null or { Lsn: "inf" } ? "" : Markup.Escape(status.Lsn),
                    status is null ? "" : $"{status.Seen}/{status.Voters}",
                    Markup.Escape(status is null ? "" : status.Held.Length > 0 ? $"held: {status.Held}" : status.TooFarBehind.Length > 0 ? $"cannot lead: {status.TooFarBehind}" : status.Job.Length > 0 ? status.Job : status.Following.Length > 0 ? $"{(status.Streaming ? "streaming, " : "")}follows {status.Following}" : status.Streaming ? "streaming" : ""));
            }

            context.Console.Write(table);
        }

        var leaders = all.Values.Any(status => status is { Following.Length: > 0 }) ? 0 : 1;
        var well = all.Values.Count(status => status is { Writable: true }) == leaders
            && cluster.Servers.All(server => all[server.Name] is { Writable: true } or { Streaming: true });
        return well ? OperationsExitCode.Ok : OperationsExitCode.Off;
    }

    /// <summary>Orders it and waits until the node follows: as long as cloning takes, which depends on the data, but not when nothing happens on it any more.</summary>
    private async Task<int> RejoinAsync(string leader, DatabaseOrder order, GuardClient guards, CancellationToken cancellationToken)
    {
        var node = order.Node!;
        var code = await ToolAsync(leader, $"{(order.Rebuild ? "rebuild" : "rejoin")} --node {node}", cancellationToken);
        if (code != OperationsExitCode.Ok)
        {
            return code;
        }

        var clock = Stopwatch.StartNew();
        var watch = new RejoinWatch(node, context.Environment.Name);
        while (true)
        {
            var status = (await guards.AskAsync(cancellationToken))[node];
            if (watch.Look(status, clock.Elapsed) is var (exitCode, said))
            {
                if (exitCode != OperationsExitCode.Ok)
                {
                    return Complain(exitCode, said);
                }

                context.Console.WriteLine(said);
                return exitCode;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<int> ToolAsync(string node, string arguments, CancellationToken cancellationToken)
    {
        await using var ssh = new SshClient();
        try
        {
            var result = await ssh.RunAsync(NodeEndpoints.For(context.Environment)[node], new SshCommand($"{PostgresPaths.Tool} {arguments}") { Timeout = Limit }, cancellationToken);
            if ((result.Stdout + result.Stderr).Trim() is { Length: > 0 } said)
            {
                context.Console.WriteLine(said);
            }

            return result.Succeeded ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (SshException exception)
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
    }

    /// <summary>The person's own terminal, on the leader: as administrator, by the node's own socket.</summary>
    private async Task<int> PsqlAsync(string leader, string database, CancellationToken cancellationToken)
    {
        var endpoint = NodeEndpoints.For(context.Environment)[leader];
        using var hosts = new TemporaryKnownHosts(endpoint);
        var start = new ProcessStartInfo("ssh") { UseShellExecute = false };
        string[] arguments =
        [
            "-q", "-p", $"{endpoint.Port}", .. endpoint.PrivateKeyPath is { } key ? ["-i", key] : Array.Empty<string>(),
            "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={hosts.Path}",
            .. Console.IsInputRedirected ? Array.Empty<string>() : ["-t"],
            $"{endpoint.User}@{endpoint.Host}", $"cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups -- psql -d {ShellText.Quote(database)}",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

#pragma warning disable RS0030 // It is the person's terminal that ssh gets, not a command of ours.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    private int Complain(int exitCode, string message) => context.Complain("db", exitCode, message);
}
