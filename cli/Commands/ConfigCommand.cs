using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Engine.Operations;

namespace AppStack.Cli.Commands;

/// <summary><c>config [get|set|rm]</c>.</summary>
internal static class ConfigCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var stack = StackArgument.Create();
        var secrets = new Option<bool>("--show-secrets") { Description = "Show secrets in clear." };
        var command = new Command("config", "Show or change the stack's configuration.") { Get(context), Set(context), Remove(context) };
        command.Arguments.Add(stack);
        command.Options.Add(secrets);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var config = await context.Open(parsed, parsed.GetValue(stack)).Manager.GetConfigAsync(cancellationToken);
            context.Terminal.Lines.Write(TextTable.Of(["KEY", "VALUE"], config.Select(entry => new[]
            {
                entry.Key,
                entry.Value.Secret && !parsed.GetValue(secrets) ? ValueText.Secret : entry.Value.Text,
            })));
        });
        return command;
    }

    private static Command Get(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the key.");
        var path = PathFlag();
        var command = new Command("get", "Show one value, a secret in clear.") { words, path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            var key = Key(session, rest.FirstOrDefault());
            var value = await session.Manager.GetConfigAsync(key, parsed.GetValue(path), cancellationToken)
                ?? throw new CommandException(ExitCodes.BadInput, $"The stack '{session.Name}' has no configuration '{key}'.");
            context.Terminal.Out.WriteLine(value.Text);
        });
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the key, then the value. Without a value it is read from standard input, as it should be for secrets.");
        var path = PathFlag();
        var secret = new Option<bool>("--secret") { Description = "Encrypt the value." };
        var plain = new Option<bool>("--plaintext") { Description = "Do not encrypt the value (the default)." };
        var command = new Command("set", "Set one value.") { words, path, secret, plain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(secret) && parsed.GetValue(plain))
            {
                throw new CommandException(ExitCodes.BadInput, "--secret and --plaintext exclude each other.");
            }

            var (stack, rest) = StackCommand.Split(parsed, words, most: 2);
            var session = context.Open(parsed, stack);
            var key = Key(session, rest.FirstOrDefault());
            var value = rest is [_, var given] ? given : await ReadValueAsync(context.Terminal, key, cancellationToken);
            await session.Manager.SetConfigAsync(key, value, parsed.GetValue(secret), parsed.GetValue(path), cancellationToken);
        });
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the key.");
        var path = PathFlag();
        var command = new Command("rm", "Remove one value.") { words, path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            await session.Manager.RemoveConfigAsync(Key(session, rest.FirstOrDefault()), parsed.GetValue(path), cancellationToken);
        });
        return command;
    }

    // One line break at the end is how echo and editors end a text, and no part of the value.
    private static async Task<string> ReadValueAsync(Terminal terminal, string key, CancellationToken cancellationToken)
    {
        if (terminal.CanAsk)
        {
            terminal.Error.Write($"Value of {key} (end with Ctrl-D): ");
        }

        var text = await terminal.In.ReadToEndAsync(cancellationToken);
        return text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
    }

    private static string Key(StackSession session, string? key) => key switch
    {
        null => throw new CommandException(ExitCodes.BadInput, "Which key? Without --stack the first argument is the stack, and the key comes after it."),
        _ when key.Contains(':', StringComparison.Ordinal) => key,
        _ => $"{session.Workspace.Project.Name}:{key}",
    };

    private static Option<bool> PathFlag() => new("--path") { Description = "The key is a path into an object: site.racks[0]." };
}
