using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Commands;

/// <summary><c>stack ls|output|export|import|init|rm|rename|history|graph|change-secrets-provider</c>.</summary>
internal static class StackCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("stack", "Look at stacks and their state.")
    {
        List(context), Output(context), Export(context), Import(context), Init(context), Remove(context),
        StackChanges.Rename(context), History(context), StackGraph.Create(context), StackChanges.ChangeSecretsProvider(context),
    };

    private static Command List(CommandContext context)
    {
        var json = JsonFlag();
        var command = new Command("ls", "List the stacks of the project.") { json };
        command.SetAction(parsed =>
        {
            var stacks = context.OpenWorkspace(parsed).ListStacks();
            if (parsed.GetValue(json))
            {
                WriteJson(context, writer =>
                {
                    writer.WriteStartArray();
                    foreach (var stack in stacks)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("name", stack.Name);
                        if (stack.LastUpdate is { } last)
                        {
                            writer.WriteString("lastUpdate", last);
                        }

                        writer.WriteBoolean("updateInProgress", stack.InProgress);
                        writer.WriteNumber("resourceCount", stack.ResourceCount ?? 0);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
                return;
            }

            context.Terminal.Lines.Write(TextTable.Of(["NAME", "LAST UPDATE", "RESOURCES"], stacks.Select(stack => new[]
            {
                stack.Name,
                stack.InProgress ? "in progress" : stack.LastUpdate?.ToString("u", CultureInfo.InvariantCulture) ?? "never",
                (stack.ResourceCount ?? 0).ToString(CultureInfo.InvariantCulture),
            })));
        });
        return command;
    }

    private static Command Output(CommandContext context)
    {
        var words = Words("The stack (unless --stack names it), then the output; without an output, all of them.");
        var json = JsonFlag();
        var secrets = new Option<bool>("--show-secrets") { Description = "Show secrets in clear." };
        var command = new Command("output", "Show what the stack put out.") { words, json, secrets };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            var outputs = await session.Manager.GetOutputsAsync(cancellationToken);
            var show = parsed.GetValue(secrets);
            if (rest is [var name])
            {
                var value = outputs.Find(name) ?? throw new CommandException(ExitCodes.BadInput, $"The stack '{session.Name}' has no output '{name}'. It has: {string.Join(", ", outputs.Keys)}.");
                var shown = show ? value.WithoutSecrets() : value;
                if (!parsed.GetValue(json) && shown is PropertyValue.Text text)
                {
                    context.Terminal.Out.WriteLine(text.Value);
                }
                else
                {
                    WriteJson(context, writer => EventJson.WriteValue(writer, shown));
                }
            }
            else if (parsed.GetValue(json))
            {
                WriteJson(context, writer => EventJson.WriteValue(writer, PropertyValue.Of(outputs), show));
            }
            else
            {
                context.Terminal.Lines.Write(DiffText.Lines(PropertyDiff.OfOutputs(PropertyMap.Empty, show ? outputs.WithoutSecrets() : outputs, onlyChanges: false).Select(line => line with { Sign = DiffSign.Same }), ""));
            }
        });
        return command;
    }

    private static Command Export(CommandContext context)
    {
        var stack = StackArgument.Create();
        var file = new Option<FileInfo?>("--file") { Description = "Write to this file (mode 0600) instead of standard output." };
        var secrets = new Option<bool>("--show-secrets") { Description = "Write secrets in clear." };
        var command = new Command("export", "Write the state as JSON, as Pulumi does.") { stack, file, secrets };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await context.Open(parsed, parsed.GetValue(stack)).Manager.ExportAsync(parsed.GetValue(secrets), cancellationToken);
            if (parsed.GetValue(file) is { } target)
            {
                await using var stream = new FileStream(target.FullName, new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                await using var writer = new StreamWriter(stream);
                await writer.WriteLineAsync(text.AsMemory(), cancellationToken);
            }
            else
            {
                context.Terminal.Out.WriteLine(text);
            }
        });
        return command;
    }

    private static Command Import(CommandContext context)
    {
        var stack = StackArgument.Create();
        var file = new Option<FileInfo?>("--file") { Description = "Read from this file instead of standard input." };
        var force = new Option<bool>("--force", "-f") { Description = "Take a state in even when it belongs to another stack or has faults." };
        var command = new Command("import", "Replace the state by an exported one.") { stack, file, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetValue(file) is { } source
                ? await File.ReadAllTextAsync(source.FullName, cancellationToken)
                : await context.Terminal.In.ReadToEndAsync(cancellationToken);
            await context.Open(parsed, parsed.GetValue(stack)).Manager.ImportStateAsync(text, parsed.GetValue(force), cancellationToken);
            context.Terminal.Lines.Write(new Styled("The state was taken in."));
        });
        return command;
    }

    private static Command Init(CommandContext context)
    {
        var stack = StackArgument.Create();
        var command = new Command("init", "Make an empty stack.") { stack };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = context.Open(parsed, parsed.GetValue(stack));
            await session.Workspace.InitStackAsync(session.Name, cancellationToken);
            context.Terminal.Lines.Write(new Styled($"There is a stack '{session.Name}' now."));
        });
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var stack = StackArgument.Create();
        var force = new Option<bool>("--force", "-f") { Description = "Forget resources that still exist." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it without asking." };
        var command = new Command("rm", "Remove a stack that has no resources any more, with its history.") { stack, force, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = context.Open(parsed, parsed.GetValue(stack));
            if (!parsed.GetValue(yes) && !session.IsLab)
            {
                throw new CommandException(ExitCodes.Refused, $"This removes the stack '{session.Name}' and its history for good. Say --yes when that is what you want.");
            }

            await session.Workspace.RemoveStackAsync(session.Name, parsed.GetValue(force), cancellationToken: cancellationToken);
            context.Terminal.Lines.Write(new Styled($"The stack '{session.Name}' is removed."));
        });
        return command;
    }

    private static Command History(CommandContext context)
    {
        var stack = StackArgument.Create();
        var command = new Command("history", "Show what was done with the stack, newest first.") { stack };
        command.SetAction(parsed =>
        {
            var entries = context.Open(parsed, parsed.GetValue(stack)).Manager.History();
            context.Terminal.Lines.Write(TextTable.Of(["TIME", "WHAT", "RESULT", "TOOK", "MESSAGE"], entries.Select(entry => new[]
            {
                entry.Started.ToString("u", CultureInfo.InvariantCulture), entry.Kind, entry.Result, ElapsedText.Of(entry.Ended - entry.Started), entry.Message,
            })));
        });
        return command;
    }

    /// <summary>Arguments of which the first one is the stack, unless <c>--stack</c> names it.</summary>
    internal static Argument<string[]> Words(string description) => new("words") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Splits such arguments.</summary>
    internal static (string? Stack, string[] Others) Split(ParseResult parsed, Argument<string[]> words, int most)
    {
        var all = parsed.GetValue(words) ?? [];
        var stack = parsed.GetValue(CommandContext.Stack) is null ? all.FirstOrDefault() : null;
        var rest = stack is null ? all : all[1..];
        return rest.Length <= most
            ? (stack, rest)
            : throw new CommandException(ExitCodes.BadInput, $"There is one argument too many: '{rest[most]}'. Without --stack the first argument is the stack.");
    }

    private static Option<bool> JsonFlag() => new("--json", "-j") { Description = "Write JSON." };

    private static void WriteJson(CommandContext context, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(context.Terminal.OutBytes, Indented))
        {
            write(writer);
        }

        context.Terminal.OutBytes.WriteByte((byte)'\n');
        context.Terminal.OutBytes.Flush();
    }
}
