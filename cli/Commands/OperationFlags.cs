using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using AppStack.Cli.Hosting;
using AppStack.Engine.Operations;

namespace AppStack.Cli.Commands;

/// <summary>The flags of preview, up, refresh and destroy, named as Pulumi's.</summary>
internal sealed class OperationFlags
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking. A lab is never asked about." };
    private readonly Option<bool> _skipPreview = new("--skip-preview", "-f") { Description = "Do it without showing first what would be done." };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show what changes in each resource." };
    private readonly Option<bool> _json = new("--json", "-j") { Description = "Write one JSON object for each event." };
    private readonly Option<string> _format = new("--format") { Description = "How to show it: text, json (as --json), or markdown for a comment on a pull request.", DefaultValueFactory = _ => "text" };
    private readonly Option<int> _parallel = new("--parallel", "-p") { Description = "How many steps run at the same time.", DefaultValueFactory = _ => new OperationOptions().Parallel };
    private readonly Option<string> _message = new("--message", "-m") { Description = "A note that is kept in the stack's history.", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _target = new("--target", "-t") { Description = "Restrict to these resources (URN, * and ** match); may be given several times." };
    private readonly Option<bool> _targetDependents = new("--target-dependents") { Description = "Also what depends on the targets." };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Leave these resources alone (URN, * and ** match)." };
    private readonly Option<string[]> _replace = new("--replace") { Description = "Replace these resources even without a change." };
    private readonly Option<bool> _refresh = new("--refresh", "-r") { Description = "Read every resource first." };
    private readonly Option<string?> _savePlan = new("--save-plan") { Description = "Write what would be done to this file, for `up --plan`. Secrets in it are encrypted." };
    private readonly Option<string?> _plan = new("--plan") { Description = "Do nothing that this file, written by `preview --save-plan`, does not have." };
    private readonly Option<bool> _continueOnError = new("--continue-on-error") { Description = "Go on with what does not depend on a failed step.", DefaultValueFactory = _ => true };
    private readonly Option<bool> _clearPendingCreates = new("--clear-pending-creates") { Description = "Forget resources whose creation was interrupted. What was made of them stays behind." };
    private readonly Option<string[]> _importPendingCreates = new("--import-pending-creates") { Description = "Take resources whose creation was interrupted into the state: URN,ID; may be given several times." };
    private readonly Option<bool> _expectNoChanges = new("--expect-no-changes") { Description = "Fail when anything would change." };

    /// <summary>Adds the flags to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="changes">Whether the command changes anything, so that it can be confirmed.</param>
    /// <param name="updates">Whether the command runs the program.</param>
    /// <param name="reads">Whether the command reads everything anyway.</param>
    public void AddTo(Command command, bool changes, bool updates, bool reads)
    {
        Option[] pending = updates ? [] : reads ? [_clearPendingCreates, _importPendingCreates] : [_clearPendingCreates];
        Option[] plans = updates ? [changes ? _plan : _savePlan] : [];
        _parallel.Validators.Add(result =>
        {
            // What is no number at all is told by the parser, and asking for its value would throw.
            if (result.Tokens is [var given] && int.TryParse(given.Value, CultureInfo.InvariantCulture, out var steps) && steps < 1)
            {
                result.AddError("--parallel must be 1 or more.");
            }
        });
        _format.AcceptOnlyFromAmong("text", "json", "markdown");
        Option[] options =
        [
            .. changes ? new Option[] { _yes, _skipPreview } : [_format],
            _diff, _json, _parallel, _message, _target, _targetDependents, _exclude,
            .. updates ? new Option[] { _replace } : [], .. reads ? Array.Empty<Option>() : [_refresh], .. plans, .. pending,
            _continueOnError, _expectNoChanges,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the flags.</summary>
    public OperationRequest Read(ParseResult parsed, OperationKind kind) => new()
    {
        Kind = kind,
        Yes = Given(parsed, _yes),
        SkipPreview = Given(parsed, _skipPreview),
        Diff = parsed.GetValue(_diff),
        Json = parsed.GetValue(_json) || Format(parsed, kind) == "json",
        Markdown = Format(parsed, kind) == "markdown",
        Options = new OperationOptions
        {
            Parallel = parsed.GetValue(_parallel),
            Message = parsed.GetValue(_message) ?? "",
            Targets = List(parsed, _target),
            TargetDependents = parsed.GetValue(_targetDependents),
            Excludes = List(parsed, _exclude),
            Replace = List(parsed, _replace),
            Refresh = parsed.GetResult(_refresh) is null ? null : parsed.GetValue(_refresh),
            ClearPendingCreates = Given(parsed, _clearPendingCreates),
            ImportPendingCreates = PendingIds(parsed),
            ContinueOnError = parsed.GetValue(_continueOnError),
            ExpectNoChanges = parsed.GetValue(_expectNoChanges),
            SavePlan = kind == OperationKind.Preview ? FilePath(parsed, _savePlan) : null,
            Plan = kind == OperationKind.Up ? FilePath(parsed, _plan) : null,
        },
    };

    private string? Format(ParseResult parsed, OperationKind kind) => kind == OperationKind.Preview ? parsed.GetValue(_format) : null;

    private static string? FilePath(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } path ? CommandContext.FilePath(parsed, path) : null;

    private ImmutableSortedDictionary<string, string> PendingIds(ParseResult parsed)
    {
        var ids = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in List(parsed, _importPendingCreates))
        {
            var comma = pair.LastIndexOf(',');
            if (comma <= 0 || comma == pair.Length - 1)
            {
                throw new CommandException(ExitCodes.BadInput, $"--import-pending-creates takes URN,ID; '{pair}' is not that.");
            }

            ids[pair[..comma]] = pair[(comma + 1)..];
        }

        return ids.ToImmutable();
    }

    private static bool Given(ParseResult parsed, Option<bool> option) => parsed.GetResult(option) is not null && parsed.GetValue(option);

    private static ImmutableArray<string> List(ParseResult parsed, Option<string[]> option) =>
        parsed.GetResult(option) is null ? [] : [.. parsed.GetValue(option) ?? []];
}
