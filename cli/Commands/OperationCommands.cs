using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Stacks;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Commands;

/// <summary><c>preview</c>, <c>up</c>, <c>refresh</c> and <c>destroy</c>.</summary>
internal static class OperationCommands
{
    /// <summary>Makes the four commands.</summary>
    public static IEnumerable<Command> Create(CommandContext context)
    {
        yield return Create(context, OperationKind.Preview, "preview", "Tell what an update would do. Reaches nothing, changes nothing.", "pre");
        yield return Create(context, OperationKind.Up, "up", "Make what exists equal to what the environment declares.", "update");
        yield return Create(context, OperationKind.Refresh, "refresh", "Bring the state up to date with what exists.");
        yield return Create(context, OperationKind.Destroy, "destroy", "Delete everything that the stack made.", "down");
    }

    private static Command Create(CommandContext context, OperationKind kind, string name, string description, string? alias = null)
    {
        var command = new Command(name, description);
        if (alias is not null)
        {
            command.Aliases.Add(alias);
        }

        var stack = StackArgument.Create();
        command.Arguments.Add(stack);
        var flags = new OperationFlags();
        flags.AddTo(command, changes: kind != OperationKind.Preview, updates: kind is OperationKind.Preview or OperationKind.Up, reads: kind == OperationKind.Refresh);
        command.SetAction((parsed, _) => RunAsync(context, context.Open(parsed, parsed.GetValue(stack)), flags.Read(parsed, kind)));
        return command;
    }

    /// <summary>Runs one of the four on a stack.</summary>
    public static async Task<int> RunAsync(CommandContext context, StackSession session, OperationRequest request)
    {
        // A descriptor that is wrong is told before anything else happens. Destroying does not need it.
        ServicePlan? plan = null;
        if (request.Kind is OperationKind.Preview or OperationKind.Up)
        {
            if (session.Service is { } service)
            {
                plan = ServicePlan.Of(session.Environment, service.Read(), session.Workspace.Project.Directory);
            }
            else
            {
                PlatformPlan.Of(session.Environment).ThrowIfWrong(session.Environment, session.Workspace.Project.Directory);
            }
        }

        var exists = session.Manager.Exists;
        if (!exists && request.Kind is OperationKind.Refresh or OperationKind.Destroy)
        {
            context.Terminal.Lines.Write(new Styled($"There is no stack '{session.Name}'; nothing to {(request.Kind == OperationKind.Destroy ? "destroy" : "refresh")}."));
            return ExitCodes.Done;
        }

        var runner = new OperationRunner(context.Terminal, context.Interruption, context.Time);
        var code = await runner.RunAsync(session.Target(), request);
        if (plan is not null && code == ExitCodes.Done && request is { Kind: OperationKind.Up, Json: false })
        {
            context.Terminal.Lines.Write(PlatformMapText.Of(ServiceHints.Of(session.Environment, plan)));
        }

        if (session.Service is not null)
        {
            return request.Kind == OperationKind.Up && code == ExitCodes.Failed ? await new ServiceRollback(context, runner).RunAsync(session, request) : code;
        }

        if (code == ExitCodes.Done && request is { Kind: OperationKind.Up, Json: false })
        {
            context.Terminal.Lines.Write(PlatformMapText.Of(PlatformMap.Of(session.Environment)));
        }

        return code;
    }
}
