using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Commands;

/// <summary><c>cancel</c>: removes the lock of an operation that is certainly gone.</summary>
internal static class CancelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var stack = StackArgument.Create();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it without asking." };
        var command = new Command("cancel", "Remove the stack's lock. Only when whoever holds it is certainly gone.") { stack, yes };
        command.SetAction(parsed =>
        {
            var session = context.Open(parsed, parsed.GetValue(stack));
            var owners = session.Manager.LockOwners();
            if (owners.IsEmpty)
            {
                context.Terminal.Lines.Write(new Styled($"The stack '{session.Name}' is not locked."));
                return ExitCodes.Done;
            }

            if (!parsed.GetValue(yes))
            {
                throw new CommandException(ExitCodes.Refused, $"The stack '{session.Name}' is locked by {string.Join(" and by ", owners)}. If that is certainly gone, say --yes.");
            }

            session.Manager.Cancel();
            context.Terminal.Lines.Write(new Styled($"The lock of the stack '{session.Name}' is removed."));
            return ExitCodes.Done;
        });
        return command;
    }
}
