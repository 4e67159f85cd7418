using System.Collections.Immutable;

namespace AppStack.Engine.State;

/// <summary>Compares resources by content.</summary>
internal static class StateComparer
{
    /// <summary>Whether two states of a resource differ in nothing but where the program declares it.</summary>
    public static bool SameExceptPosition(ResourceState left, ResourceState right) =>
        left.Urn == right.Urn
        && left.Type == right.Type
        && left.Custom == right.Custom
        && left.Delete == right.Delete
        && left.Id == right.Id
        && left.Inputs.Equals(right.Inputs)
        && left.Outputs.Equals(right.Outputs)
        && left.Parent == right.Parent
        && left.Protect == right.Protect
        && left.External == right.External
        && Same(left.Dependencies, right.Dependencies)
        && Same(left.InitErrors, right.InitErrors)
        && left.Provider == right.Provider
        && Same(left.PropertyDependencies, right.PropertyDependencies)
        && left.PendingReplacement == right.PendingReplacement
        && Same(left.AdditionalSecretOutputs, right.AdditionalSecretOutputs)
        && left.Timeouts == right.Timeouts
        && left.ImportId == right.ImportId
        && left.RetainOnDelete == right.RetainOnDelete
        && left.DeletedWith == right.DeletedWith
        && Same(left.ReplaceWith, right.ReplaceWith)
        && left.Created == right.Created
        && left.Modified == right.Modified
        && Same(left.IgnoreChanges, right.IgnoreChanges)
        && Same(left.HideDiffs, right.HideDiffs)
        && Same(left.ReplaceOnChanges, right.ReplaceOnChanges)
        && Equals(left.ReplacementTrigger, right.ReplacementTrigger);

    private static bool Same(ImmutableArray<string> left, ImmutableArray<string> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static bool Same(ImmutableSortedDictionary<string, ImmutableArray<string>> left, ImmutableSortedDictionary<string, ImmutableArray<string>> right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        using var rights = right.GetEnumerator();
        foreach (var (property, urns) in left)
        {
            if (!rights.MoveNext() || rights.Current.Key != property || !Same(urns, rights.Current.Value))
            {
                return false;
            }
        }

        return true;
    }
}
