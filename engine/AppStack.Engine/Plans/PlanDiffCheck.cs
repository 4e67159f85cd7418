using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Plans;

/// <summary>Whether properties change as planned, and in no other way.</summary>
internal static class PlanDiffCheck
{
    /// <summary>What is not as planned, property by property; empty when all is.</summary>
    public static IReadOnlyList<string> Violations(PropertyMap old, PropertyMap @new, PlanDiff plan)
    {
        var actual = PlanDiff.BetweenKnown(old, @new);
        if (plan.IsEmpty && actual.IsEmpty)
        {
            return [];
        }

        var violations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in plan.Adds.Keys.Concat(plan.Updates.Keys).Concat(plan.Deletes).Concat(actual.Adds.Keys).Concat(actual.Updates.Keys).Concat(actual.Deletes))
        {
            if (!IsAllowed(name, plan, actual, @new))
            {
                violations[name] = $"'{name}' {Expected(name, plan)}, but {Happens(name, actual, @new)}";
            }
        }

        return [.. violations.Values];
    }

    private static bool IsAllowed(string name, PlanDiff plan, PlanDiff actual, PropertyMap @new)
    {
        if (plan.Adds.Find(name) is { } added)
        {
            // It may be there already: somebody else has set it meanwhile.
            return Present(@new, name) is { } value ? PlanValues.Match(added, value) : PlanValues.IsUnknown(added);
        }

        if (plan.Updates.Find(name) is { } updated)
        {
            return Present(@new, name) is { } value
                ? actual.Adds.Find(name) is null && PlanValues.Match(updated, value)
                : PlanValues.IsUnknown(updated);
        }

        return plan.Deletes.Contains(name)
            ? Present(@new, name) is null
            : actual.Adds.Find(name) is null && actual.Updates.Find(name) is null && !actual.Deletes.Contains(name);
    }

    private static string Expected(string name, PlanDiff plan) =>
        plan.Adds.Find(name) is { } added ? $"was to be added as {PlanValues.Text(added)}"
        : plan.Updates.Find(name) is { } updated ? $"was to become {PlanValues.Text(updated)}"
        : plan.Deletes.Contains(name) ? "was to be removed"
        : "was to stay as it is";

    private static string Happens(string name, PlanDiff actual, PropertyMap @new) =>
        actual.Adds.Find(name) is { } added ? $"is added as {PlanValues.Text(added)}"
        : actual.Updates.Find(name) is { } updated ? $"becomes {PlanValues.Text(updated)}"
        : Present(@new, name) is { } value ? $"stays {PlanValues.Text(value)}"
        : actual.Deletes.Contains(name) ? "is removed"
        : "is not there";

    private static PropertyValue? Present(PropertyMap map, string name) => map.Find(name) is { } value and not PropertyValue.Null ? value : null;
}
