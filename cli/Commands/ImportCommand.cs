using System.Collections.Immutable;
using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Cli.Import;
using AppStack.Engine.Imports;
using AppStack.Engine.Operations;
using ResourceState = AppStack.Engine.State.ResourceState;

namespace AppStack.Cli.Commands;

/// <summary><c>import</c>: takes over into the state what exists already, and writes the C# that declares it.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string[]> _words = StackCommand.Words(
        "The stack (unless --stack names it), then TYPE NAME ID. Where the id is a secret (a password): - reads it from standard input.");

    private readonly Option<string?> _file = new("--file", "-f") { Description = "Import what this file says (Pulumi's import file) instead of TYPE NAME ID." };
    private readonly Option<string?> _parent = new("--parent") { Description = "The parent, as NAME=URN; NAME is its variable in the program." };
    private readonly Option<string?> _provider = new("--provider") { Description = "The provider, as NAME=URN; NAME is its variable in the program." };
    private readonly Option<string?> _version = new("--provider-version") { Description = "The version of the default provider." };
    private readonly Option<string[]> _properties = new("--properties") { Description = "The inputs that the declaration has; all without it." };
    private readonly Option<bool> _protect = new("--protect") { Description = "Protect what is imported from being deleted.", DefaultValueFactory = _ => true };
    private readonly Option<bool> _noProtect = new("--no-protect") { Description = "The same as --protect false." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Write the declarations to this file." };
    private readonly Option<bool> _code = new("--generate-code") { Description = "Write declarations.", DefaultValueFactory = _ => true };
    private readonly Option<bool> _previewOnly = new("--preview-only") { Description = "Only tell what would be imported." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking. A lab is never asked about." };
    private readonly Option<bool> _skipPreview = new("--skip-preview") { Description = "Do it without showing first what would be imported." };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the properties of each resource." };
    private readonly Option<bool> _json = new("--json", "-j") { Description = "Write one JSON object for each event. Declarations need --out." };
    private readonly Option<int> _parallel = new("--parallel", "-p") { Description = "How many resources are read at the same time.", DefaultValueFactory = _ => new OperationOptions().Parallel };
    private readonly Option<string> _message = new("--message", "-m") { Description = "A note that is kept in the stack's history.", DefaultValueFactory = _ => "" };

    private ImportCommand()
    {
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new ImportCommand().Make(context);

    private Command Make(CommandContext context)
    {
        var command = new Command("import", "Take over into the state what exists already, and print the C# that declares it. No program is run.")
        {
            _words, _file, _parent, _provider, _version, _properties, _protect, _noProtect, _out, _code, _previewOnly, _yes, _skipPreview, _diff, _json, _parallel, _message,
        };
        command.SetAction((parsed, _) => RunAsync(context, parsed));
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed)
    {
        var (stack, rest) = StackCommand.Split(parsed, _words, most: 3);
        var file = ReadFile(context, parsed, rest);
        var session = context.Open(parsed, stack);
        if (!session.Manager.Exists)
        {
            throw new CommandException(ExitCodes.BadInput, $"There is no stack '{session.Name}'. Make it with `appstack stack init {session.Name}`.");
        }

        var request = new OperationRequest
        {
            Kind = OperationKind.Import,
            Import = file,
            Protect = parsed.GetValue(_protect) && !parsed.GetValue(_noProtect),
            PreviewOnly = parsed.GetValue(_previewOnly),
            Yes = parsed.GetValue(_yes),
            SkipPreview = parsed.GetValue(_skipPreview),
            Diff = parsed.GetValue(_diff),
            Json = parsed.GetValue(_json),
            Options = new OperationOptions { Parallel = parsed.GetValue(_parallel), Message = parsed.GetValue(_message) ?? "" },
        };
        var imported = ImmutableArray<ResourceState>.Empty;
        var runner = new OperationRunner(context.Terminal, context.Interruption, context.Time) { Imported = states => imported = states };
        var code = await runner.RunAsync(session.Target(), request);
        return parsed.GetValue(_code) && !WriteCode(context, parsed, file, imported) && code == ExitCodes.Done ? ExitCodes.Failed : code;
    }

    private ImportFile ReadFile(CommandContext context, ParseResult parsed, string[] words)
    {
        if (parsed.GetValue(_file) is { } given)
        {
            Option[] others = [_parent, _provider, _version, _properties];
            if (words.Length > 0 || others.Any(option => parsed.GetResult(option) is { Implicit: false }))
            {
                throw new CommandException(ExitCodes.BadInput, "Give --file or TYPE NAME ID with its flags, not both.");
            }

            var path = CommandContext.FilePath(parsed, given);
            return File.Exists(path) ? ImportFileReader.Read(File.ReadAllBytes(path)) : throw new CommandException(ExitCodes.BadInput, $"There is no file {path}.");
        }

        if (words is not [var type, var name, var id])
        {
            throw new CommandException(ExitCodes.BadInput, "What is to be imported? Give TYPE NAME ID after the stack, or --file.");
        }

        var names = new ImportFile().NameTable;
        var parent = Named("--parent", parsed.GetValue(_parent), "parent", ref names);
        var provider = Named("--provider", parsed.GetValue(_provider), "provider", ref names);
        return new ImportFile
        {
            NameTable = names,
            Resources =
            [
                new ImportSpec
                {
                    Type = type,
                    Name = name,
                    Id = id == "-" ? context.Terminal.In.ReadToEnd().TrimEnd('\r', '\n') : id,
                    Parent = parent,
                    Provider = provider,
                    Version = parsed.GetValue(_version) ?? "",
                    Properties = [.. (parsed.GetValue(_properties) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
                },
            ],
        };
    }

    private static string Named(string flag, string? given, string otherwise, ref ImmutableSortedDictionary<string, string> names)
    {
        if (given is null)
        {
            return "";
        }

        var (name, urn) = given.StartsWith("urn:", StringComparison.Ordinal) ? (otherwise, given)
            : given.Split('=', 2) is [{ Length: > 0 } before, { Length: > 0 } after] ? (before, after)
            : throw new CommandException(ExitCodes.BadInput, $"{flag} takes NAME=URN, not '{given}'.");
        names = names.ContainsKey(name)
            ? throw new CommandException(ExitCodes.BadInput, $"The parent and the provider are both called '{name}'. Give them different names.")
            : names.Add(name, urn);
        return name;
    }

    // False when something could not be declared.
    private bool WriteCode(CommandContext context, ParseResult parsed, ImportFile file, ImmutableArray<ResourceState> imported)
    {
        var (code, problems) = DeclarationText.Of(file, imported);
        context.Terminal.ErrorLines.Write(problems.Select(problem => new Styled(problem, "yellow")));
        if (code.Length > 0 && parsed.GetValue(_out) is { } path)
        {
            File.WriteAllText(CommandContext.FilePath(parsed, path), code);
        }
        else if (code.Length > 0 && !parsed.GetValue(_json))
        {
            context.Terminal.Out.WriteLine("\nPut this into the program; with other inputs, the next update changes what was imported:\n");
            context.Terminal.Out.Write(code);
        }

        return problems.IsEmpty;
    }
}
