using System.Collections.Immutable;
using System.Net;
using System.Text;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Registration;

namespace AppStack.Cli.Display;

/// <summary>
/// What a change would do, for people who decide about it: numbers by service and node group, what goes away, who notices, and the details
/// folded. The same change gives the same text: everything is ordered by URN, and nothing of it is a time.
/// </summary>
internal static class MarkdownText
{
    // Forges cut comments at 65,536 characters; the summary always fits.
    private const int MostDetail = 50_000;

    private static readonly ImmutableArray<StepKind> Told =
        [StepKind.Create, StepKind.Update, StepKind.Replace, StepKind.Delete, StepKind.Import, StepKind.Read, StepKind.Discard];

    /// <summary>The document.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="events">The events of a preview.</param>
    public static string Of(string stack, IReadOnlyCollection<EngineEvent> events)
    {
        var all = events.OfType<EngineEvent.ResourceOutputs>().Select(happened => happened.Step).ToList();
        var services = new ServiceMap(all);
        var changes = all.Where(step => Told.Contains(step.Kind) && !UrnText.IsStack(step.Urn))
            .DistinctBy(step => (step.Urn, step.Kind))
            .OrderBy(step => step.Urn, StringComparer.Ordinal).ThenBy(step => step.Kind)
            .ToList();
        var text = new StringBuilder();
        text.Append($"## Preview of {Code(stack)}\n\n");
        Problems(text, events);
        if (changes.Count == 0)
        {
            return text.Append("Nothing would change.\n").ToString();
        }

        Summary(text, changes, services);
        GoesAway(text, changes);
        Blast(text, changes, services);
        Details(text, changes, services);
        return text.ToString();
    }

    private static void Problems(StringBuilder text, IReadOnlyCollection<EngineEvent> events)
    {
        var problems = events.OfType<EngineEvent.Diagnostic>().Select(happened => happened.Message)
            .Where(message => message.Severity >= LogSeverity.Warning)
            .OrderByDescending(message => message.Severity).ThenBy(message => message.Urn, StringComparer.Ordinal).ThenBy(message => message.Message, StringComparer.Ordinal)
            .ToList();
        foreach (var message in problems)
        {
            var about = message.Urn is null || UrnText.IsStack(message.Urn) ? "" : $"{Code(UrnText.Name(message.Urn))}: ";
            var lines = WebUtility.HtmlEncode(message.Message.Trim()).Replace("\n", "<br>", StringComparison.Ordinal);
            text.Append($"- **{(message.Severity == LogSeverity.Error ? "Error" : "Warning")}** {about}{lines}\n");
        }

        if (problems.Count > 0)
        {
            text.Append('\n');
        }
    }

    private static void Summary(StringBuilder text, List<StepDescription> changes, ServiceMap services)
    {
        var kinds = Told.Where(kind => changes.Exists(step => step.Kind == kind)).ToList();
        text.Append("| service | ").AppendJoin(" | ", kinds.Select(StepWords.Planned)).Append(" |\n|---|").Append(string.Concat(Enumerable.Repeat("---:|", kinds.Count))).Append('\n');
        foreach (var group in changes.GroupBy(step => services.Of(step)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(group.Key, group);
        }

        Row("**all**", changes);
        text.Append('\n');

        void Row(string label, IEnumerable<StepDescription> steps)
        {
            var counts = steps.CountBy(step => step.Kind).ToDictionary();
            text.Append($"| {label} | ").AppendJoin(" | ", kinds.Select(kind => counts.TryGetValue(kind, out var count) ? $"{count}" : "")).Append(" |\n");
        }
    }

    private static void GoesAway(StringBuilder text, List<StepDescription> changes)
    {
        var gone = changes.Where(step => step.Kind is StepKind.Delete or StepKind.Replace).OrderBy(step => step.Kind == StepKind.Delete ? 0 : 1).ToList();
        if (gone.Count == 0)
        {
            return;
        }

        text.Append("### Deleted or replaced\n\n");
        foreach (var step in gone)
        {
            var why = step.ReplaceKeys.IsEmpty ? "" : $", because of {string.Join(", ", step.ReplaceKeys.Order(StringComparer.Ordinal).Select(Code))}";
            text.Append($"- **{StepWords.Done(step.Kind)}**: {Code(UrnText.Name(step.Urn))} ({Code(UrnText.Type(step.Urn))}){(step.Protect ? ", protected" : "")}{why}\n");
        }

        text.Append('\n');
    }

    private static void Blast(StringBuilder text, List<StepDescription> changes, ServiceMap services)
    {
        var effects = changes.Select(step => (Label: services.Of(step), Effect: services.EffectOf(step))).Where(pair => pair.Effect is not null)
            .Distinct().GroupBy(pair => pair.Label, pair => pair.Effect!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        text.Append("### Who notices\n\n");
        if (effects.Count == 0)
        {
            text.Append("No service that runs is touched.\n\n");
            return;
        }

        foreach (var group in effects)
        {
            text.Append($"- {group.Key}\n");
            foreach (var effect in group.Order(StringComparer.Ordinal))
            {
                text.Append($"  - {effect}\n");
            }
        }

        text.Append('\n');
    }

    private static void Details(StringBuilder text, List<StepDescription> changes, ServiceMap services)
    {
        var groups = changes.GroupBy(step => services.Of(step)).OrderBy(group => group.Key, StringComparer.Ordinal);
        var start = text.Length;
        var left = 0;
        foreach (var group in groups)
        {
            var detail = new StringBuilder();
            foreach (var step in group)
            {
                detail.Append($"{StepWords.Sign(step.Kind).Trim()} {UrnText.Type(step.Urn)} {UrnText.Name(step.Urn)} ({StepWords.Planned(step.Kind)})\n");
                foreach (var line in PropertyDiff.Of(step))
                {
                    var sign = line.Sign switch { DiffSign.Added => '+', DiffSign.Removed => '-', DiffSign.Changed => '!', _ => ' ' };
                    detail.Append($"{sign}   {new string(' ', line.Depth * 2)}{line.Text}".TrimEnd()).Append('\n');
                }
            }

            if (text.Length - start + detail.Length > MostDetail)
            {
                left += group.Count();
                continue;
            }

            var content = detail.ToString();
            var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
            text.Append($"<details><summary>{group.Key.Replace("`", "", StringComparison.Ordinal)}: {group.Count()} in detail</summary>\n\n{fence}diff\n{content}{fence}\n\n</details>\n");
        }

        if (left > 0)
        {
            text.Append($"\nThe details of {left} more are too long for a comment; `appstack preview --diff` shows them.\n");
        }
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    // Names hold no backticks or pipes in AppStack; elsewhere they must not break the table.
    internal static string Code(string text) =>
        $"`{text.Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}`";
}
