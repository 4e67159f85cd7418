using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Events;

/// <summary>
/// What happens during an operation, in order. The nested types are all the kinds that exist; <c>--json</c> streams them under Pulumi's
/// names (<c>preludeEvent</c>, <c>resourcePreEvent</c>, <c>resOutputsEvent</c>, <c>resOpFailedEvent</c>, <c>diagnosticEvent</c>,
/// <c>summaryEvent</c>, <c>cancelEvent</c>).
/// </summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>The position of the event in the operation, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The operation begins.</summary>
    /// <param name="Config">The configuration in effect; secrets show as <c>[secret]</c>.</param>
    public sealed record Prelude(ImmutableSortedDictionary<string, string> Config) : EngineEvent;

    /// <summary>A step was decided and is about to run, or was planned.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Planning">Whether this is a preview.</param>
    public sealed record ResourcePre(StepDescription Step, bool Planning) : EngineEvent;

    /// <summary>A step ran, or was planned, and these are its outputs.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Planning">Whether this is a preview.</param>
    /// <param name="Elapsed">How long the step took.</param>
    public sealed record ResourceOutputs(StepDescription Step, bool Planning, TimeSpan Elapsed) : EngineEvent;

    /// <summary>A step failed.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Outcome">What is known about the resource now.</param>
    /// <param name="Elapsed">How long the step took.</param>
    public sealed record ResourceFailed(StepDescription Step, ProviderOutcome Outcome, TimeSpan Elapsed) : EngineEvent;

    /// <summary>What a running step does at this moment; only for live displays.</summary>
    /// <param name="Urn">The resource.</param>
    /// <param name="Message">What it does.</param>
    public sealed record ResourceStatus(string Urn, string Message) : EngineEvent;

    /// <summary>A message for people.</summary>
    /// <param name="Message">The message; known secrets in it are masked.</param>
    public sealed record Diagnostic(LogMessage Message) : EngineEvent;

    /// <summary>The operation was asked to stop; running steps finish.</summary>
    public sealed record Cancel : EngineEvent;

    /// <summary>The operation ended.</summary>
    /// <param name="Preview">Whether it was a preview.</param>
    /// <param name="Duration">How long it took.</param>
    /// <param name="Changes">Number of resources by step.</param>
    public sealed record Summary(bool Preview, TimeSpan Duration, ImmutableSortedDictionary<StepKind, int> Changes) : EngineEvent;
}

