using System.Collections.Immutable;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Engine.Operations;
using Spectre.Console;
using ResourceState = AppStack.Engine.State.ResourceState;

namespace AppStack.Cli.Commands;

/// <summary>Runs an operation: shows it first, asks, does it, says how it ended.</summary>
internal sealed class OperationRunner(Terminal terminal, Interruption interruption, TimeProvider time)
{
    /// <summary>Receives what an import has taken over, in the preview, too.</summary>
    public Action<ImmutableArray<ResourceState>> Imported { get; init; } = static _ => { };

    /// <summary>Runs the operation.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(OperationTarget target, OperationRequest request)
    {
        if (request.Kind == OperationKind.Preview || request.PreviewOnly)
        {
            var previewed = await ExecuteAsync(target, request, preview: true);
            TellPlan(target, request, previewed);
            Imported(previewed.Imported);
            return ExitCode(previewed, request);
        }

        var ask = !request.Yes && !target.AsksNobody;
        if (ask && (!terminal.CanAsk || request.Json))
        {
            throw new CommandException(ExitCodes.Refused, $"Nobody can be asked here whether to {Verb(request.Kind)} the stack '{target.Stack}'. Say --yes when that is what you want.");
        }

        var expected = (int?)null;
        if (ask && !request.SkipPreview)
        {
            var preview = await ExecuteAsync(target, request, preview: true);
            if (!preview.Succeeded)
            {
                return ExitCode(preview, request);
            }

            expected = preview.Changes.Values.Sum();
        }

        if (ask && !Confirm(target, request))
        {
            terminal.Lines.Write(new Styled("Nothing was changed."));
            return ExitCodes.Refused;
        }

        var result = await ExecuteAsync(expected is { } steps ? target with { KnownResources = () => steps } : target, request, preview: false);
        Imported(result.Imported);
        TellPending(result);
        if (result.Cancelled)
        {
            await TellNotReachedAsync(target, result);
        }

        return ExitCode(result, request);
    }

    private async Task<OperationResult> ExecuteAsync(OperationTarget target, OperationRequest request, bool preview)
    {
        var display = DisplayFor(target, request, preview);
        var options = request.Options with { Abort = interruption.Abort };
        return await display.RunAsync(() => request.Kind switch
        {
            OperationKind.Refresh => target.Operations.RefreshAsync(options, preview, display.Handle, interruption.Stop),
            OperationKind.Import => target.Operations.ImportAsync(request.Import, request.Protect, options, preview, display.Handle, interruption.Stop),
            OperationKind.Destroy => target.Operations.DestroyAsync(options, preview, display.Handle, interruption.Stop),
            _ when preview => target.Operations.PreviewAsync(target.Program, options, display.Handle, interruption.Stop),
            _ => target.Operations.UpAsync(target.Program, options, display.Handle, interruption.Stop),
        });
    }

    private IOperationDisplay DisplayFor(OperationTarget target, OperationRequest request, bool preview)
    {
        var title = Title(request.Kind, preview, target.Stack);
        return request.Json ? new JsonDisplay(terminal.OutBytes)
            : request.Markdown ? new MarkdownDisplay(terminal.Out, target.Stack, target.Mask)
            : request.Diff || !terminal.OutIsTerminal ? new LineDisplay(terminal.Lines, title, preview, request.Diff)
            : new LiveTreeDisplay(AnsiConsole.Console, terminal.Lines, title, preview, target.KnownResources(), time);
    }

    private bool Confirm(OperationTarget target, OperationRequest request)
    {
        terminal.Out.WriteLine();
        terminal.Out.Write($"{Capital(Verb(request.Kind))} the stack '{target.Stack}' now? Type yes to go on: ");
        terminal.Out.Flush();
        return terminal.In.ReadLine()?.Trim() is "yes" or "y";
    }

    private void TellPlan(OperationTarget target, OperationRequest request, OperationResult result)
    {
        if (result.Succeeded && request is { Options.SavePlan: { } path, Json: false, Markdown: false })
        {
            terminal.Lines.Write(new Styled($"The plan is in {path}. Nothing else is done by: appstack up {target.Stack} --plan {path}"));
        }
    }

    private void TellPending(OperationResult result)
    {
        if (result.Pending.IsEmpty)
        {
            return;
        }

        terminal.ErrorLines.Write(new Styled("Nobody knows yet whether these steps took place; the next operation finds out:", "yellow"));
        terminal.ErrorLines.Write(result.Pending.Select(urn => new Styled($"    {UrnText.Type(urn)} {UrnText.Name(urn)}")));
    }

    // Steps that never began have no events; what the stack knows and the operation did not touch is the least that is left.
    private async Task TellNotReachedAsync(OperationTarget target, OperationResult result)
    {
        var left = await target.ToldResources() - result.Changes.Values.Sum() - result.Pending.Length;
        if (left > 0)
        {
            terminal.ErrorLines.Write(new Styled($"{left} {(left == 1 ? "resource was" : "resources were")} not reached.", "yellow"));
        }
    }

    private int ExitCode(OperationResult result, OperationRequest request)
    {
        if (!result.Cancelled)
        {
            return result.Succeeded ? ExitCodes.Done : ExitCodes.Failed;
        }

        if (!request.Json)
        {
            terminal.ErrorLines.Write(new Styled("Interrupted. What was done is in the state; run the command again to go on.", "yellow"));
        }

        return ExitCodes.Interrupted;
    }

    private static string Title(OperationKind kind, bool preview, string stack) => (kind, preview) switch
    {
        (OperationKind.Refresh, true) => $"Previewing refresh ({stack})",
        (OperationKind.Refresh, false) => $"Refreshing ({stack})",
        (OperationKind.Destroy, true) => $"Previewing destroy ({stack})",
        (OperationKind.Destroy, false) => $"Destroying ({stack})",
        (OperationKind.Import, true) => $"Previewing import ({stack})",
        (OperationKind.Import, false) => $"Importing ({stack})",
        (_, true) => $"Previewing update ({stack})",
        _ => $"Updating ({stack})",
    };

    private static string Verb(OperationKind kind) => kind switch
    {
        OperationKind.Refresh => "refresh",
        OperationKind.Destroy => "destroy",
        OperationKind.Import => "import into",
        _ => "update",
    };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
