using System.CommandLine;
using System.Globalization;
using AppStack.Cli.Hosting;
using AppStack.Stacks;

namespace AppStack.Cli.Commands;

/// <summary>
/// <c>repair</c>: has the bundles of changed nodes applied again. An update compares with the state and does not see what somebody did to a node by
/// hand; a value of the stack's configuration makes it one that does, and with it come order, drain and health gate of any other change.
/// </summary>
internal static class RepairCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var stack = StackArgument.Create();
        var nodes = new Option<string[]>("--node") { Description = "These nodes, changed or not; may be given several times. Without it: those on which `verify` finds drift." };
        var flags = new OperationFlags();
        var command = new Command("repair", "Put back what somebody changed on nodes by hand: an `up` that applies their bundles again.") { stack, nodes };
        flags.AddTo(command, changes: true, updates: true, reads: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = flags.Read(parsed, OperationKind.Up);
            var session = context.Open(parsed, parsed.GetValue(stack));
            if (!session.Manager.Exists)
            {
                throw new CommandException(ExitCodes.BadInput, $"There is no stack '{session.Name}' to repair; `appstack up {session.Name}` makes it.");
            }

            var chosen = Chosen(session, parsed.GetValue(nodes) ?? []);
            if (chosen.Count == 0)
            {
                var drift = await PlatformCommands.Operations(context, parsed, parsed.GetValue(stack), request.Json).DriftAsync(cancellationToken);
                chosen = [.. drift.Select(found => found.Key)];
                foreach (var (node, what) in drift)
                {
                    context.Terminal.Error.WriteLine($"{node}: {what}");
                }
            }

            if (chosen.Count == 0)
            {
                context.Terminal.Error.WriteLine($"Every node of '{session.Name}' is as the last update left it.");
                return ExitCodes.Done;
            }

            var now = context.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            foreach (var node in chosen)
            {
                await session.Manager.SetConfigAsync($"{session.Workspace.Project.Name}:{PlatformStack.RepairSetting}.{node}", now, secret: false, path: true, cancellationToken);
            }

            return await OperationCommands.RunAsync(context, session, request);
        });
        return command;
    }

    private static IReadOnlyList<string> Chosen(StackSession session, string[] names)
    {
        var unknown = names.Except(session.Environment.Nodes.Select(node => node.Name), StringComparer.Ordinal).ToList();
        return unknown.Count == 0 ? names : throw new CommandException(ExitCodes.BadInput, $"'{session.Name}' has no node called {string.Join(", ", unknown)}.");
    }
}
