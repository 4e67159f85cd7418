using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Commands;

/// <summary><c>state ls|delete|rename|unprotect</c>: repairs the state by hand. None of them touches what exists.</summary>
internal static class StateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("state", "Repair the state by hand. Nothing of this touches what exists; the previous state stays as a backup.")
    {
        List(context), Delete(context), Rename(context), Unprotect(context),
    };

    private static Command List(CommandContext context)
    {
        var stack = StackArgument.Create();
        var command = new Command("ls", "List the resources with their URNs, and operations whose end is not known.") { stack };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var snapshot = await context.Open(parsed, parsed.GetValue(stack)).Manager.ReadSealedSnapshotAsync(cancellationToken);
            context.Terminal.Lines.Write(TextTable.Of(["URN", "ID", ""], [
                .. snapshot.Resources.Select(state => new[] { state.Urn, state.Id, Notes(state) }),
                .. snapshot.PendingOperations.Select(operation => new[] { operation.Resource.Urn, operation.Resource.Id, $"pending: {operation.Kind.ToString().ToLowerInvariant()}" }),
            ]));
        });
        return command;
    }

    private static Command Delete(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the URN.");
        var force = new Option<bool>("--force") { Description = "Forget it even when it is protected." };
        var dependents = new Option<bool>("--target-dependents") { Description = "Forget what depends on it, too." };
        var yes = YesFlag();
        var command = new Command("delete", "Forget a resource, or an operation on it whose end is not known.") { words, force, dependents, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            var urn = Urn(rest);
            Confirm(context, parsed.GetValue(yes) || session.IsLab, $"This forgets {urn}, and does not delete it");
            await session.Manager.DeleteResourceAsync(urn, parsed.GetValue(force), parsed.GetValue(dependents), cancellationToken);
            context.Terminal.Lines.Write(new Styled($"{urn} is forgotten."));
        });
        return command;
    }

    private static Command Rename(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the URN, then the new name.");
        var yes = YesFlag();
        var command = new Command("rename", "Give a resource another name. The program has to use that name, too.") { words, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 2);
            var session = context.Open(parsed, stack);
            var urn = Urn(rest);
            var name = rest is [_, { Length: > 0 } given] ? given : throw new CommandException(ExitCodes.BadInput, "Which name? It comes after the URN.");
            Confirm(context, parsed.GetValue(yes) || session.IsLab, $"This renames {urn} to {name}");
            await session.Manager.RenameResourceAsync(urn, name, cancellationToken);
            context.Terminal.Lines.Write(new Styled($"{urn} is called {name} now."));
        });
        return command;
    }

    private static Command Unprotect(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the URN, unless --all is given.");
        var all = new Option<bool>("--all") { Description = "Every resource of the stack." };
        var yes = YesFlag();
        var command = new Command("unprotect", "Take the protection off a resource, so that it can be deleted.") { words, all, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            if (parsed.GetValue(all) && rest.Length > 0)
            {
                throw new CommandException(ExitCodes.BadInput, "--all and a URN exclude each other.");
            }

            var urn = parsed.GetValue(all) ? null : Urn(rest);
            Confirm(context, parsed.GetValue(yes) || session.IsLab, $"This takes the protection off {urn ?? "every resource"}");
            await session.Manager.UnprotectAsync(urn, cancellationToken);
            context.Terminal.Lines.Write(new Styled(urn is null ? "No resource is protected any more." : $"{urn} is not protected any more."));
        });
        return command;
    }

    private static string Notes(Engine.State.ResourceState state) => string.Join(", ", new[]
    {
        state.Protect ? "protected" : "",
        state.External ? "read" : "",
        state.Delete ? "to be deleted" : "",
        state.PendingReplacement ? "to be replaced" : "",
        state.InitErrors.IsEmpty ? "" : "not whole",
    }.Where(note => note.Length > 0));

    private static string Urn(string[] rest) => rest.FirstOrDefault() switch
    {
        null => throw new CommandException(ExitCodes.BadInput, "Which resource? Its URN comes after the stack; `appstack state ls STACK` lists them."),
        var urn when !Engine.State.Urns.IsValid(urn) => throw new CommandException(ExitCodes.BadInput, $"'{urn}' is not a URN; `appstack state ls STACK` lists them. Quote it: the shell takes $ for a variable."),
        var urn => urn,
    };

    private static void Confirm(CommandContext context, bool agreed, string what)
    {
        if (agreed)
        {
            return;
        }

        if (!context.Terminal.CanAsk)
        {
            throw new CommandException(ExitCodes.Refused, $"{what}. Say --yes when that is what you want.");
        }

        context.Terminal.Out.Write($"{what}. Type yes to go on: ");
        context.Terminal.Out.Flush();
        if (context.Terminal.In.ReadLine()?.Trim() is not ("yes" or "y"))
        {
            throw new CommandException(ExitCodes.Refused, "Nothing was changed.");
        }
    }

    private static Option<bool> YesFlag() => new("--yes", "-y") { Description = "Do it without asking." };
}
