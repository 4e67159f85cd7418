using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>What is said at the end of an operation.</summary>
internal static class SummaryText
{
    private static readonly ImmutableArray<(StepKind Kind, string Planned)> Told =
    [
        (StepKind.Create, "to create"),
        (StepKind.Update, "to update"),
        (StepKind.Replace, "to replace"),
        (StepKind.Delete, "to delete"),
        (StepKind.Read, "to read"),
        (StepKind.Import, "to import"),
        (StepKind.Discard, "to discard"),
    ];

    /// <summary>Messages by resource, outputs, numbers and time.</summary>
    /// <param name="model">What happened.</param>
    /// <param name="preview">Whether it was a preview.</param>
    public static IEnumerable<Styled> Of(ProgressModel model, bool preview) =>
        [.. Diagnostics(model.Messages), .. Outputs(model.Stack, preview), .. Resources(model, preview), .. Duration(model)];

    /// <summary>Warnings, errors and notes, grouped by resource.</summary>
    public static IEnumerable<Styled> Diagnostics(IReadOnlyCollection<LogMessage> messages)
    {
        if (messages.Count == 0)
        {
            yield break;
        }

        yield return new("Diagnostics:");
        foreach (var group in messages.GroupBy(message => message.Urn ?? "", StringComparer.Ordinal))
        {
            yield return new(group.Key.Length == 0 ? "  the stack:" : $"  {UrnText.Type(group.Key)} {UrnText.Name(group.Key)}:");
            foreach (var message in group)
            {
                var (label, colour) = message.Severity switch
                {
                    LogSeverity.Error => ("error: ", "red"),
                    LogSeverity.Warning => ("warning: ", "yellow"),
                    _ => ("", ""),
                };
                var lines = message.Message.TrimEnd().Split('\n');
                for (var i = 0; i < lines.Length; i++)
                {
                    yield return new($"    {(i == 0 ? label : "")}{lines[i].TrimEnd('\r')}", colour);
                }
            }
        }

        yield return new("");
    }

    private static IEnumerable<Styled> Outputs(StepDescription? stack, bool preview)
    {
        if (stack?.NewOutputs is not { } now)
        {
            yield break;
        }

        var lines = PropertyDiff.OfOutputs(stack.OldOutputs ?? PropertyMap.Empty, now, onlyChanges: preview);
        if (lines.IsEmpty)
        {
            yield break;
        }

        yield return new("Outputs:");
        foreach (var line in DiffText.Lines(lines, "  "))
        {
            yield return line;
        }

        yield return new("");
    }

    private static IEnumerable<Styled> Resources(ProgressModel model, bool preview)
    {
        var changes = model.Summary?.Changes ?? ImmutableSortedDictionary<StepKind, int>.Empty;
        yield return new("Resources:");
        var total = 0;
        foreach (var (kind, planned) in Told)
        {
            var count = Count(changes, kind);
            if (count > 0)
            {
                total += count;
                yield return new($"    {StepWords.Sign(kind)}{count} {(preview ? planned : StepWords.Done(kind))}", StepWords.Colour(kind));
            }
        }

        if (model.Failed > 0)
        {
            yield return new($"    {model.Failed} failed", "red");
        }

        var same = Count(changes, StepKind.Same);
        yield return new((total, same) switch
        {
            (0, _) => $"    {same} unchanged",
            (_, 0) => $"    {Plural(total, "change")}",
            _ => $"    {Plural(total, "change")}. {same} unchanged",
        });
    }

    private static IEnumerable<Styled> Duration(ProgressModel model)
    {
        if (model.Summary is { } summary)
        {
            yield return new("");
            yield return new($"Duration: {ElapsedText.Of(summary.Duration)}");
        }
    }

    // A replacement is reported as its parts; it counts once.
    private static int Count(ImmutableSortedDictionary<StepKind, int> changes, StepKind kind)
    {
        var count = changes.GetValueOrDefault(kind);
        return kind == StepKind.Replace && count == 0 ? changes.GetValueOrDefault(StepKind.CreateReplacement) : count;
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
