using System.Collections.Immutable;

namespace AppStack.Engine.State;

/// <summary>The rules that every written state keeps; the same as the genuine CLI's, which refuses to read a state that breaks them.</summary>
internal static class SnapshotIntegrity
{
    /// <summary>All that is wrong with a state; empty when it is good.</summary>
    public static ImmutableArray<string> Verify(Snapshot snapshot)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (snapshot.Magic.Length > 0 && snapshot.Magic != CheckpointFormat.Magic(snapshot.Version))
        {
            problems.Add($"magic '{snapshot.Magic}' does not belong to version '{snapshot.Version}'");
        }

        var earlier = new HashSet<string>(StringComparer.Ordinal);
        var providers = new HashSet<string>(StringComparer.Ordinal);
        var live = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in snapshot.Resources)
        {
            VerifyOne(state, earlier, providers, problems);
            if (!state.Delete && !live.Add(state.Urn))
            {
                problems.Add($"{state.Urn} occurs twice");
            }

            earlier.Add(state.Urn);
            if (state.Custom && Urns.IsProviderType(state.Type))
            {
                providers.Add($"{state.Urn}::{state.Id}");
            }
        }

        return problems.ToImmutable();
    }

    private static void VerifyOne(ResourceState state, HashSet<string> earlier, HashSet<string> providers, ImmutableArray<string>.Builder problems)
    {
        if (state.Urn.Length == 0 || !Urns.IsValid(state.Urn))
        {
            problems.Add($"a resource has the URN '{state.Urn}'");
        }

        if (state.Type.Length == 0)
        {
            problems.Add($"{state.Urn} has no type");
        }

        if (!state.Custom && state.Id.Length > 0)
        {
            problems.Add($"{state.Urn} is not a custom resource but has the id '{state.Id}'");
        }

        if (state.Provider is { } reference)
        {
            if (!Urns.TryParseReference(reference, out _, out _))
            {
                problems.Add($"{state.Urn} has the provider '{reference}', which is not a reference");
            }
            else if (!state.PendingReplacement && !providers.Contains(reference))
            {
                problems.Add($"{state.Urn} has the provider {reference}, which does not come before it");
            }
        }

        if (state.Parent is { } parent && !earlier.Contains(parent))
        {
            problems.Add($"{state.Urn} has the parent {parent}, which does not come before it");
        }

        foreach (var dependency in state.Dependencies)
        {
            if (!earlier.Contains(dependency))
            {
                problems.Add($"{state.Urn} depends on {dependency}, which does not come before it");
            }
        }

        foreach (var (property, urns) in state.PropertyDependencies)
        {
            foreach (var dependency in urns)
            {
                if (!earlier.Contains(dependency))
                {
                    problems.Add($"{state.Urn} depends on {dependency} in '{property}', which does not come before it");
                }
            }
        }

        if (state.DeletedWith is { } deletedWith && !earlier.Contains(deletedWith))
        {
            problems.Add($"{state.Urn} is deleted with {deletedWith}, which does not come before it");
        }

        foreach (var replaceWith in state.ReplaceWith)
        {
            if (!earlier.Contains(replaceWith))
            {
                problems.Add($"{state.Urn} is replaced with {replaceWith}, which does not come before it");
            }
        }
    }
}
