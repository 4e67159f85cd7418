using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Commands;

/// <summary><c>stack rename</c> and <c>stack change-secrets-provider</c>.</summary>
internal static class StackChanges
{
    private const string Passphrase = "passphrase";

    /// <summary>Makes <c>rename</c>.</summary>
    public static Command Rename(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then its new name.");
        var command = new Command("rename", "Give a stack another name, with its settings and history. Its descriptor has to be renamed, too.") { words };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            var name = rest.FirstOrDefault() ?? throw new CommandException(ExitCodes.BadInput, "Which name? It comes after the stack.");
            await session.Workspace.RenameStackAsync(session.Name, name, cancellationToken);
            CommandContext.MovePassphrase(session, name);
            context.Terminal.Lines.Write(new Styled($"The stack '{session.Name}' is called '{name}' now. Its descriptor must be called {name}.yaml, with `name: {name}` in it."));
        });
        return command;
    }

    /// <summary>Makes <c>change-secrets-provider</c>.</summary>
    public static Command ChangeSecretsProvider(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the provider: passphrase.");
        var file = new Option<FileInfo?>("--new-passphrase-file") { Description = "The file that holds the new passphrase; without it, one line of standard input." };
        var command = new Command("change-secrets-provider", "Encrypt all secrets of the stack, in its state and its settings, under a new passphrase.") { words, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            if (rest is not ([] or [Passphrase]))
            {
                throw new CommandException(ExitCodes.BadInput, $"The secrets provider '{rest[0]}' is not supported: the embedded engine encrypts with a passphrase. Others need the pulumi CLI.");
            }

            var session = context.Open(parsed, stack);
            var passphrase = parsed.GetValue(file) is { } source
                ? (await File.ReadAllTextAsync(source.FullName, cancellationToken)).Trim()
                : Ask(context.Terminal, session.Name);
            if (passphrase.Length == 0)
            {
                throw new CommandException(ExitCodes.BadInput, "The new passphrase is empty. Give it on standard input, or with --new-passphrase-file.");
            }

            await CommandContext.ChangePassphraseAsync(session, passphrase, cancellationToken);
            context.Terminal.Lines.Write(new Styled($"All secrets of '{session.Name}' are encrypted under the new passphrase."));
        });
        return command;
    }

    private static string Ask(Terminal terminal, string stack)
    {
        if (terminal.CanAsk)
        {
            terminal.Error.Write($"New passphrase of '{stack}': ");
        }

        return terminal.In.ReadLine()?.Trim() ?? "";
    }
}
