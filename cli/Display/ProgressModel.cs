using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>
/// What has happened so far, folded from the events of one operation. Immutable: a display that is being drawn never changes under the
/// drawing hand, and a test needs no clock and no terminal.
/// </summary>
internal sealed record ProgressModel
{
    /// <summary>The resources by URN.</summary>
    public ImmutableDictionary<string, ResourceRow> Rows { get; init; } = ImmutableDictionary.Create<string, ResourceRow>(StringComparer.Ordinal);

    /// <summary>URNs in the order in which they were first heard of.</summary>
    public ImmutableList<string> Order { get; init; } = [];

    /// <summary>Messages worth keeping, in order.</summary>
    public ImmutableList<LogMessage> Messages { get; init; } = [];

    /// <summary>The step of the stack itself that carries its outputs.</summary>
    public StepDescription? Stack { get; init; }

    /// <summary>The end of the operation.</summary>
    public EngineEvent.Summary? Summary { get; init; }

    /// <summary>Whether it was asked to stop.</summary>
    public bool Cancelling { get; init; }

    /// <summary>Steps that are done, those without a change too.</summary>
    public int Finished { get; init; }

    /// <summary>Steps that are expected, as far as is known beforehand.</summary>
    public int Expected { get; init; }

    /// <summary>Resources whose step failed.</summary>
    public int Failed => Rows.Values.Count(row => row.State == ResourceState.Failed);

    /// <summary>Resources whose step runs.</summary>
    public IEnumerable<ResourceRow> Running => Order.Select(urn => Rows[urn]).Where(row => row.State == ResourceState.Running);

    /// <summary>The model after one more event.</summary>
    public ProgressModel Apply(EngineEvent happened) => happened switch
    {
        EngineEvent.ResourcePre pre => Begin(pre),
        EngineEvent.ResourceOutputs outputs => End(outputs),
        EngineEvent.ResourceFailed failed => Fail(failed),
        EngineEvent.ResourceStatus status => WithRow(status.Urn, row => row with { Status = LastLine(status.Message) }),
        EngineEvent.Diagnostic diagnostic => Note(diagnostic.Message),
        EngineEvent.Cancel => this with { Cancelling = true },
        EngineEvent.Summary summary => this with { Summary = summary },
        _ => this,
    };

    /// <summary>The signs and names of the properties that change: <c>~stdin</c>.</summary>
    public static ImmutableArray<string> ChangesOf(StepDescription step)
    {
        if (step.Kind is not (StepKind.Update or StepKind.Replace or StepKind.CreateReplacement or StepKind.Refresh))
        {
            return [];
        }

        return [.. step.DetailedDiff
            .Select(entry => (Key: TopKey(entry.Key), Sign: entry.Value switch
            {
                PropertyDiffKind.Add or PropertyDiffKind.AddReplace => '+',
                PropertyDiffKind.Delete or PropertyDiffKind.DeleteReplace => '-',
                _ => '~',
            }, Nested: TopKey(entry.Key) != entry.Key))
            .GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(group => $"{(group.Any(entry => entry.Nested) ? '~' : group.First().Sign)}{group.Key}")];
    }

    private ProgressModel Begin(EngineEvent.ResourcePre pre)
    {
        var step = pre.Step;
        var known = Rows.TryGetValue(step.Urn, out var before);
        var row = new ResourceRow
        {
            Urn = step.Urn,
            Parent = step.Parent,
            Kind = Merge(before?.Kind, step.Kind, pre.Planning),
            State = pre.Planning ? ResourceState.Planned : ResourceState.Running,
            Started = pre.Time,
            Elapsed = before?.Elapsed ?? TimeSpan.Zero,
            Changes = ChangesOf(step) is { IsEmpty: false } changes ? changes : before?.Changes ?? [],
            Problems = before?.Problems ?? 0,
        };
        return this with { Rows = Rows.SetItem(step.Urn, row), Order = known ? Order : Order.Add(step.Urn) };
    }

    private ProgressModel End(EngineEvent.ResourceOutputs outputs)
    {
        var model = Rows.ContainsKey(outputs.Step.Urn) ? this : Begin(new EngineEvent.ResourcePre(outputs.Step, outputs.Planning) { Time = outputs.Time });
        if (UrnText.IsStack(outputs.Step.Urn))
        {
            model = model with { Stack = outputs.Step };
        }

        return (model with { Finished = Finished + 1 }).WithRow(outputs.Step.Urn, row => row with
        {
            Kind = Merge(row.Kind, outputs.Step.Kind, outputs.Planning),
            State = row.State == ResourceState.Failed ? ResourceState.Failed : outputs.Planning ? ResourceState.Planned : ResourceState.Done,
            Elapsed = row.Elapsed + outputs.Elapsed,
            Status = "",
        });
    }

    private ProgressModel Fail(EngineEvent.ResourceFailed failed)
    {
        var model = Rows.ContainsKey(failed.Step.Urn) ? this : Begin(new EngineEvent.ResourcePre(failed.Step, Planning: false) { Time = failed.Time });
        return (model with { Finished = Finished + 1 }).WithRow(failed.Step.Urn, row => row with
        {
            Kind = failed.Step.Kind,
            State = ResourceState.Failed,
            Elapsed = row.Elapsed + failed.Elapsed,
            Status = failed.Outcome == ProviderOutcome.Unknown ? "outcome not known" : "",
        });
    }

    private ProgressModel Note(LogMessage message)
    {
        // What a command prints is worth a look while it runs; when it fails, the error repeats it.
        var passing = message is { Severity: LogSeverity.Info, Urn: not null } && !UrnText.IsStack(message.Urn);
        if (message.Ephemeral || message.Severity == LogSeverity.Debug || passing)
        {
            return message.Urn is null ? this : WithRow(message.Urn, row => row with { Status = LastLine(message.Message) });
        }

        var model = this with { Messages = Messages.Add(message) };
        return message.Urn is null || message.Severity < LogSeverity.Warning
            ? model
            : model.WithRow(message.Urn, row => row with { Problems = row.Problems + 1 });
    }

    private ProgressModel WithRow(string urn, Func<ResourceRow, ResourceRow> change) =>
        Rows.TryGetValue(urn, out var row) ? this with { Rows = Rows.SetItem(urn, change(row)) } : this;

    // A preview tells a replacement as three steps; one row says it best as "replace".
    private static StepKind Merge(StepKind? before, StepKind now, bool planning) => (before, now) switch
    {
        (StepKind.CreateReplacement or StepKind.Replace, StepKind.DeleteReplaced) when planning => StepKind.Replace,
        (StepKind.Replace, StepKind.CreateReplacement) when planning => StepKind.Replace,
        ({ } kind, StepKind.Same) when kind != StepKind.Same => kind,
        _ => now,
    };

    private static string TopKey(string path)
    {
        var end = path.IndexOfAny(['.', '[']);
        return end <= 0 ? path : path[..end];
    }

    private static string LastLine(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        return trimmed[(trimmed.LastIndexOf('\n') + 1)..].Trim().ToString();
    }
}
