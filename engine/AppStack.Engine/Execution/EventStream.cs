using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Planning;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>Numbers, times and delivers events one after the other, counts changes, and masks secrets in texts.</summary>
internal sealed class EventStream(Action<EngineEvent> sink, TimeProvider time, SecretMasker masker)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<StepKind, int> _changes = [];
    private long _sequence;

    public bool HasErrors { get; private set; }

    public ImmutableSortedDictionary<StepKind, int> Changes
    {
        get
        {
            lock (_lock)
            {
                return _changes.ToImmutableSortedDictionary();
            }
        }
    }

    public void Send(EngineEvent happened)
    {
        lock (_lock)
        {
            sink(happened with { Sequence = ++_sequence, Time = time.GetUtcNow() });
        }
    }

    /// <summary>Masks the secrets of a resource from now on. Before anybody is told of it: the program may print what it gets at once.</summary>
    public void Learn(ResourceState state)
    {
        masker.LearnSecretsIn(state.Inputs);
        masker.LearnSecretsIn(state.Outputs);
    }

    public void Log(LogMessage message)
    {
        if (message.Severity == LogSeverity.Error)
        {
            HasErrors = true;
        }

        Send(new EngineEvent.Diagnostic(message with { Message = masker.Apply(message.Message) }));
    }

    public void Error(string message, string? urn = null) => Log(new LogMessage(LogSeverity.Error, message, urn));

    public void Warn(string message, string? urn = null) => Log(new LogMessage(LogSeverity.Warning, message, urn));

    public void Info(string message, string? urn = null) => Log(new LogMessage(LogSeverity.Info, message, urn));

    public void Status(string urn, string message) => Send(new EngineEvent.ResourceStatus(urn, masker.Apply(message)));

    /// <summary>Whether people want to hear of a step: not of default providers, which they did not ask for.</summary>
    public static bool Shows(Step step) => !Urns.IsDefaultProvider(step.Subject.Urn, step.Subject.Type);

    public void Count(Step step)
    {
        if (step.Counts && Shows(step))
        {
            lock (_lock)
            {
                _changes[step.Kind] = _changes.GetValueOrDefault(step.Kind) + 1;
            }
        }
    }

    public static StepDescription Describe(Step step, ResourceState? result)
    {
        var (old, wanted) = (step.Old?.State, result ?? step.New?.State);
        var subject = step.Subject;
        return new StepDescription
        {
            Kind = step.Kind,
            Urn = subject.Urn,
            Type = subject.Type,
            Parent = subject.Parent,
            Custom = subject.Custom,
            Protect = subject.Protect,
            Id = wanted is { Id.Length: > 0 } ? wanted.Id : old?.Id,
            Provider = subject.Provider,
            OldInputs = old?.Inputs,
            OldOutputs = old?.Outputs,
            NewInputs = wanted?.Inputs,
            NewOutputs = result?.Outputs,
            DetailedDiff = step.Detailed,
            ReplaceKeys = step.ReplaceKeys,
            HideDiffs = subject.HideDiffs,
        };
    }
}
