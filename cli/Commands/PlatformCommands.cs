using System.CommandLine;
using AppStack.Cli.Benchmarks;
using AppStack.Cli.Hosting;
using AppStack.Operations;
using AppStack.Operations.Databases;
using AppStack.Operations.Drills;
using AppStack.Operations.Status;
using Spectre.Console;

namespace AppStack.Cli.Commands;

/// <summary><c>verify</c>, <c>status</c>, <c>drill</c>, <c>db</c> and <c>bench</c>: what looks at the real thing, without the engine.</summary>
internal static class PlatformCommands
{
    // A pipe has no width; tables are not to be broken at eighty characters there.
    private const int WidthOfPipes = 200;

    private static readonly IReadOnlyList<KeyValuePair<string, string>> Benchmarks =
        [.. OperationsCommands.Benchmarks, KeyValuePair.Create(EngineBenchmark.Name, EngineBenchmark.Summary)];

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create(CommandContext context)
    {
        yield return Verify(context);
        yield return Status(context);
        yield return Drill(context);
        yield return Database(context);
        yield return Cluster(context);
        yield return Bench(context);
    }

    private static Command Verify(CommandContext context)
    {
        var stack = StackArgument.Create();
        var json = JsonFlag();
        var command = new Command("verify", "Look at the real thing and compare it with the environment's descriptor.") { stack, json };
        command.SetAction((parsed, cancellationToken) =>
            Operations(context, parsed, parsed.GetValue(stack), parsed.GetValue(json)).VerifyAsync(parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static Command Status(CommandContext context)
    {
        var stack = StackArgument.Create();
        var json = JsonFlag();
        var watch = new Option<bool>("--watch", "-w") { Description = "Look again every five seconds until it is stopped; the page reloads itself." };
        var page = new Option<string?>("--html") { HelpName = "FILE", Description = "Write a page that needs nothing but itself; to artifacts/status when no file is named.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("status", "Show the platform in the order of a request's way, with the health of each part.") { stack, page, json, watch };
        command.SetAction((parsed, cancellationToken) =>
        {
            var operations = Operations(context, parsed, parsed.GetValue(stack), parsed.GetValue(json));
            var file = parsed.GetResult(page) is null ? null
                : parsed.GetValue(page) is { } named ? CommandContext.FilePath(parsed, named)
                : Path.Combine(CommandContext.Root(parsed), "artifacts", "status", $"{operations.Environment}.html");
            return operations.StatusAsync(new StatusOptions { Page = file, Json = parsed.GetValue(json), Watch = parsed.GetValue(watch) }, cancellationToken);
        });
        return command;
    }

    private static Command Drill(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the scenario.");
        var json = JsonFlag();
        var list = new Option<bool>("--list") { Description = "List the scenarios." };
        var rate = new Option<double?>("--rate") { Description = "Requests (or rows) per second while it runs; 500 (200) when not given." };
        var node = new Option<string?>("--node") { Description = "The node to do it to; the first one of the scenario's role when not given." };
        var command = new Command("drill", "Break something under load and see what a citizen notices. Only where drills are welcome.") { words, json, list, rate, node };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(list))
            {
                return Task.FromResult(List(context, OperationsCommands.Scenarios));
            }

            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var scenario = rest.FirstOrDefault() ?? throw new CommandException(ExitCodes.BadInput, $"Which scenario? There are: {Names(OperationsCommands.Scenarios)}.");
            var settings = new DrillSettings { Rate = parsed.GetValue(rate), Node = parsed.GetValue(node) };
            return Operations(context, parsed, stack, parsed.GetValue(json)).DrillAsync(scenario, settings, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static Command Database(CommandContext context)
    {
        var verb = new Argument<string>("verb") { HelpName = "verb", Description = "status: who leads and who follows; switchover: another node leads, without a failed statement; rejoin: a held node tries again; promote: a cluster takes the place of the one that it follows; accept-loss: nobody leads and a node shall, although it lacks more than rpo: bounded allows or a standby was just being rebuilt; force-voters: a majority of the voters of before is gone for good, and the list of the settings counts alone; psql: a session on the leader." };
        verb.AcceptOnlyFromAmong([.. DatabaseOrder.Verbs]);
        var words = new Argument<string[]>("words") { Description = "The stack (unless --stack names it), then the cluster when there are several.", Arity = new ArgumentArity(0, 2) };
        var json = JsonFlag();
        var node = new Option<string?>("--node", "--to") { Description = "Who shall lead, which node shall rejoin, or which node with data is left (force-voters)." };
        var rebuild = new Option<bool>("--rebuild") { Description = "rejoin: discard the node's data and clone it." };
        var force = new Option<bool>("--force") { Description = "promote: although the other cluster can still be written to; what it accepts from then on is lost." };
        var database = new Option<string?>("--database", "-d") { Description = "psql: the database; postgres when not given." };
        var command = new Command("db", "Look at database clusters and change who leads them.") { verb, words, json, node, rebuild, force, database };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var order = new DatabaseOrder(parsed.GetValue(verb)!, rest.FirstOrDefault())
            {
                Node = parsed.GetValue(node),
                Rebuild = parsed.GetValue(rebuild),
                Force = parsed.GetValue(force),
                Database = parsed.GetValue(database),
                Json = parsed.GetValue(json),
            };
            return Operations(context, parsed, stack, parsed.GetValue(json)).DatabaseAsync(order, cancellationToken);
        });
        return command;
    }

    private static Command Cluster(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the cluster when there are several.");
        var node = new Option<string?>("--node") { Description = "The control plane that has the snapshot; the first when not given." };
        var snapshot = new Option<string?>("--snapshot") { Description = "The snapshot on that control plane; without it those that are there are listed." };
        var restore = new Command("restore", "Put a cluster back to a snapshot of etcd, all control planes together. What was written since is lost.") { words, node, snapshot };
        restore.SetAction((parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            return Operations(context, parsed, stack, json: false).RestoreClusterAsync(new(rest.FirstOrDefault(), parsed.GetValue(node), parsed.GetValue(snapshot)), cancellationToken);
        });
        return new Command("cluster", "What Kubernetes clusters need on the worst day.") { restore };
    }

    private static Command Bench(CommandContext context)
    {
        var name = new Argument<string?>("benchmark") { Description = $"One of: {Names(Benchmarks)}.", Arity = ArgumentArity.ZeroOrOne };
        var stack = StackArgument.Create();
        stack.DefaultValueFactory = _ => "local";
        var json = JsonFlag();
        var list = new Option<bool>("--list") { Description = "List the benchmarks." };
        var command = new Command("bench", "Measure.") { name, stack, json, list };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(list))
            {
                return Task.FromResult(List(context, Benchmarks));
            }

            var benchmark = parsed.GetValue(name) ?? throw new CommandException(ExitCodes.BadInput, $"Which benchmark? There are: {Names(Benchmarks)}.");
            if (benchmark == EngineBenchmark.Name)
            {
                return EngineBenchmark.RunAsync(context.Terminal, parsed.GetValue(json), cancellationToken);
            }

            var environment = parsed.GetValue(CommandContext.Stack) ?? parsed.GetValue(stack);
            return Operations(context, parsed, environment, parsed.GetValue(json)).BenchAsync(benchmark, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>What looks at an environment's real thing; tables go to standard error when JSON is written.</summary>
    public static OperationsCommands Operations(CommandContext context, ParseResult parsed, string? stack, bool json)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = context.Terminal.Colours ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = context.Terminal.Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(json ? context.Terminal.Error : context.Terminal.Out),
        });
        if (!context.Terminal.OutIsTerminal)
        {
            console.Profile.Width = WidthOfPipes;
        }

        return new OperationsCommands(new OperationsContext
        {
            Environment = CommandContext.FindEnvironment(parsed, stack).Read(),
            RepositoryRoot = CommandContext.Root(parsed),
            Console = console,
            Out = context.Terminal.Out,
        });
    }

    private static int List(CommandContext context, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        context.Terminal.Lines.Write(Display.TextTable.Of(["NAME", "WHAT"], entries.Select(entry => new[] { entry.Key, entry.Value })));
        return ExitCodes.Done;
    }

    private static string Names(IReadOnlyList<KeyValuePair<string, string>> entries) => string.Join(", ", entries.Select(entry => entry.Key));

    private static Option<bool> JsonFlag() => new("--json", "-j") { Description = "Write JSON." };
}
