using System.Collections.Concurrent;
using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>What has to be asked of a provider before a decision about one resource can be taken. Asking changes nothing.</summary>
internal sealed class ProviderAnswers(
    Goal goal, IResourceProvider? provider, DeploymentSettings settings, ProviderRegistry providers, ConcurrentDictionary<string, bool> replaced)
{
    /// <summary>The checked inputs; <see langword="null"/> when they are wrong, which was reported.</summary>
    public async Task<PropertyMap?> CheckAsync(ResourceState? old, EventStream events)
    {
        var inputs = old is null || goal.IgnoreChanges.Length == 0 ? goal.Inputs : IgnoredChanges.Restore(goal.Inputs, old.Inputs, goal.IgnoreChanges);
        return await CheckAsync(old?.Inputs, inputs, events);
    }

    public async Task<Difference> DiffAsync(ResourceState old, PropertyMap inputs, EventStream events)
    {
        if (goal.Custom && OperationTargets.Matches(settings.Options.Replace, goal.Urn))
        {
            return Difference.Replacement("--replace");
        }

        if (goal.ReplaceWith.FirstOrDefault(replaced.ContainsKey) is { } partner)
        {
            return Difference.Replacement($"replaced with {Urns.Name(partner)}");
        }

        if (goal.DeletedWith is { } deletedWith && replaced.ContainsKey(deletedWith))
        {
            return Difference.Replacement($"deleted with {Urns.Name(deletedWith)}");
        }

        if (!goal.Custom)
        {
            if (Planner.TriggerChanged(goal, old))
            {
                return Difference.Replacement("replacementTrigger");
            }

            var changes = PropertyDiffer.Compare(old.Inputs, inputs);
            return new Difference { Changed = changes.Count > 0, Detailed = changes };
        }

        if (await ProviderNeedsReplacementAsync(old))
        {
            return Difference.Replacement("provider");
        }

        var answer = provider is null
            ? DiffResult.Undecided
            : await provider.DiffAsync(new DiffRequest(goal.Urn, goal.Type, old.Id, old.Inputs, old.Outputs, inputs, goal.IgnoreChanges), settings.Options.Abort);
        foreach (var note in answer.Notes)
        {
            events.Info(note, goal.Urn);
        }

        return Planner.Judge(goal, old, inputs, answer);
    }

    /// <summary>Whether the resource is to be taken over from what exists, rather than made.</summary>
    public bool IsImport(NumberedResource? old) =>
        goal is { Custom: true, ImportId.Length: > 0 }
        && (old is null || old.State.External || (old.State.Id != goal.ImportId && old.State.ImportId != goal.ImportId));

    /// <summary>Reads what exists and makes sure that the program describes it as it is.</summary>
    public async Task<Step> ImportAsync(NumberedResource? old, Func<int> nextNumber, EventStream events)
    {
        var id = goal.ImportId!;
        if (provider is null)
        {
            throw new PlanningException($"{goal.Urn} cannot be imported in this preview: the configuration of its provider is not known yet.");
        }

        var read = await provider.ReadAsync(
            new ReadRequest(goal.Urn, goal.Type, id, PropertyMap.Empty, PropertyMap.Empty, new OperationLog(events, goal.Urn)), settings.Options.Abort);
        if (read.Id.Length == 0)
        {
            throw new PlanningException($"There is no {goal.Type} with the id '{id}' to import.");
        }

        var existing = read.Inputs ?? PropertyMap.Empty;
        var wanted = goal.IgnoreChanges.Length == 0 ? goal.Inputs : IgnoredChanges.Restore(goal.Inputs, existing, goal.IgnoreChanges);
        var inputs = await CheckAsync(existing, wanted, events) ?? throw new PlanningException($"{goal.Urn} cannot be imported: its inputs are not valid.");
        var state = goal.ToState(inputs) with { Id = read.Id, Outputs = SecretMarking.Apply(read.Outputs, inputs, goal.AdditionalSecretOutputs) };
        var difference = Planner.Judge(
            goal,
            state with { Inputs = existing },
            inputs,
            await provider.DiffAsync(new DiffRequest(goal.Urn, goal.Type, read.Id, existing, read.Outputs, inputs, goal.IgnoreChanges), settings.Options.Abort));
        if (difference.Changed)
        {
            var message = $"The inputs of {goal.Urn} do not describe what exists under the id '{id}'; they differ in: {string.Join(", ", difference.Detailed.Keys)}. "
                + "Make them equal, or name them in ignoreChanges.";
            if (!settings.Preview)
            {
                throw new PlanningException(message);
            }

            events.Warn(message, goal.Urn);
        }

        return new Step
        {
            Kind = old is null ? StepKind.Import : StepKind.ImportReplacement,
            Old = old,
            New = new NumberedResource(nextNumber(), state),
        };
    }

    private async Task<PropertyMap?> CheckAsync(PropertyMap? oldInputs, PropertyMap inputs, EventStream events)
    {
        if (provider is null)
        {
            return inputs;
        }

        var result = await provider.CheckAsync(new CheckRequest(goal.Urn, goal.Type, oldInputs, inputs), settings.Options.Abort);
        if (result.Failures.Length == 0)
        {
            return result.Inputs;
        }

        foreach (var failure in result.Failures)
        {
            events.Error(Explain(failure), goal.Urn);
        }

        return null;
    }

    private string Explain(CheckFailure failure) =>
        failure.Property.Length == 0 ? $"{goal.Urn}: {failure.Reason}" : $"{goal.Urn}: property '{failure.Property}': {failure.Reason}";

    // Another provider may or may not manage the same things: only the new one can tell.
    private async Task<bool> ProviderNeedsReplacementAsync(ResourceState old)
    {
        if (old.Provider == goal.Provider)
        {
            return false;
        }

        if (old.Provider is null || goal.Provider is null)
        {
            return true;
        }

        if (provider is null || providers.Inputs(old.Provider) is not { } former || providers.Inputs(goal.Provider) is not { } present)
        {
            return false;
        }

        var (before, after) = (ProviderRegistry.Configuration(former), ProviderRegistry.Configuration(present));
        if (before.Equals(after))
        {
            return false;
        }

        if (!Urns.TryParseReference(goal.Provider, out var urn, out var id))
        {
            return false;
        }

        var answer = await provider.DiffConfigAsync(new DiffRequest(urn, Urns.Type(urn), id, before, before, after, []), settings.Options.Abort);
        return answer.ReplaceKeys.Length > 0;
    }
}
