using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Imports;

/// <summary>Takes one existing resource over into state. Nothing outside is changed, but that it was tried is announced, as in Pulumi.</summary>
internal sealed class ResourceImporter(
    IJournal journal, RunStates states, ProviderRegistry providers, EventStream events, DeploymentSettings settings, bool protect)
{
    private int _operations;

    /// <summary>Takes it over; its state, or <see langword="null"/> when that failed, which was reported.</summary>
    public async Task<ResourceState?> ImportAsync(ResourceImport import, string? provider)
    {
        var started = settings.Time.GetTimestamp();
        var wanted = new ResourceState
        {
            Urn = import.Urn,
            Type = import.Type,
            Custom = !import.Component,
            Id = import.Id,
            Inputs = import.Inputs ?? PropertyMap.Empty,
            Parent = import.Parent,
            Protect = protect,
            Provider = provider,
            ImportId = import.Id.Length > 0 ? import.Id : null,
        };
        var step = new Step { Kind = StepKind.Import, New = new NumberedResource(states.NextNumber(), wanted) };
        events.Send(new EngineEvent.ResourcePre(EventStream.Describe(step, result: null), settings.Preview));
        int? operation = null;
        try
        {
            operation = await BeginAsync(wanted);
            var state = import.Component ? wanted with { Outputs = import.Outputs ?? PropertyMap.Empty } : await ReadAsync(wanted, import);
            var now = Timestamps.Format(settings.Time.GetUtcNow());
            state = state with { Created = now, Modified = now };
            events.Learn(state);
            journal.Append(new JournalEntry { End = End(operation), Put = [new(step.New.Number, state)] });
            states.Put(step.New.Number, state);
            events.Count(step);
            events.Send(new EngineEvent.ResourceOutputs(EventStream.Describe(step, state), settings.Preview, settings.Time.GetElapsedTime(started)));
            return state;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nothing was changed outside, so that there is nothing that would have to be found out.
            journal.Append(new JournalEntry { End = End(operation) });
            events.Send(new EngineEvent.ResourceFailed(EventStream.Describe(step, result: null), ProviderOutcome.Failed, settings.Time.GetElapsedTime(started)));
            events.Error($"importing {import.Urn}: {exception.Message}", import.Urn);
            return null;
        }
    }

    private static JournalEntry.EndMark? End(int? operation) => operation is { } begun ? new JournalEntry.EndMark(begun, Known: true) : null;

    private async Task<int?> BeginAsync(ResourceState wanted)
    {
        if (settings.Preview)
        {
            return null;
        }

        var operation = Interlocked.Increment(ref _operations);

        // The id may be the secret itself; it is known whether it is when the resource was read.
        try
        {
            await journal.AppendDurablyAsync(new JournalEntry { Begin = new(operation, PendingOperationKind.Importing, wanted with { Id = "", ImportId = null }) });
        }
        catch (IOException)
        {
            journal.Append(new JournalEntry { End = End(operation) });
            throw;
        }

        return operation;
    }

    private async Task<ResourceState> ReadAsync(ResourceState wanted, ResourceImport import)
    {
        var provider = await providers.GetAsync(wanted.Provider, wanted.Type)
            ?? throw new PlanningException("the configuration of its provider is not known in this preview.");
        if (import.Outputs is { } outputs)
        {
            return wanted with { Outputs = SecretMarking.Apply(outputs, wanted.Inputs, []) };
        }

        var read = await provider.ReadAsync(
            new ReadRequest(wanted.Urn, wanted.Type, import.Id, PropertyMap.Empty, PropertyMap.Empty, new OperationLog(events, wanted.Urn)), settings.Options.Abort);
        if (read.Id.Length == 0)
        {
            throw new ProviderException($"there is no {wanted.Type} with this id.");
        }

        var inputs = read.Inputs ?? throw new ProviderException($"the provider cannot tell the inputs of a {wanted.Type}, so that it cannot be imported.");
        foreach (var (name, value) in wanted.Inputs)
        {
            inputs = inputs.ContainsKey(name) ? inputs : inputs.With(name, value);
        }

        var check = await provider.CheckAsync(new CheckRequest(wanted.Urn, wanted.Type, inputs, inputs), settings.Options.Abort);
        foreach (var failure in check.Failures)
        {
            events.Warn($"{wanted.Urn} is imported, but its program will have to differ from what exists: {(failure.Property.Length == 0 ? "" : $"property '{failure.Property}': ")}{failure.Reason}", wanted.Urn);
        }

        return wanted with
        {
            Id = read.Id,
            Inputs = check.Failures.IsEmpty ? check.Inputs : inputs,
            Outputs = SecretMarking.Apply(read.Outputs, inputs, []),

            // Where the id is the value itself, as with passwords, it is not kept in clear.
            ImportId = HoldsAsSecret(PropertyValue.Of(read.Outputs), import.Id) ? null : import.Id,
        };
    }

    private static bool HoldsAsSecret(PropertyValue value, string id) => value switch
    {
        PropertyValue.Secret secret => secret.Element is PropertyValue.Text text && text.Value == id,
        PropertyValue.Map map => map.Members.Values.Any(member => HoldsAsSecret(member, id)),
        PropertyValue.List list => list.Items.Any(item => HoldsAsSecret(item, id)),
        _ => false,
    };
}
