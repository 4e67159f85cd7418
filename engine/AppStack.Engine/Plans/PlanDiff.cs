using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Plans;

/// <summary>Properties that change, at the top level. What becomes of them is a constraint; a value that was unknown may become any, or none.</summary>
internal sealed record PlanDiff(PropertyMap Adds, ImmutableArray<string> Deletes, PropertyMap Updates)
{
    public static PlanDiff None { get; } = new(PropertyMap.Empty, [], PropertyMap.Empty);

    public bool IsEmpty => Adds.Count == 0 && Deletes.Length == 0 && Updates.Count == 0;

    /// <summary>How two objects differ; unknown values and changed secret marks are differences, absent and null values are the same.</summary>
    public static PlanDiff Between(PropertyMap old, PropertyMap @new) => Between(old, @new, static (left, right) => left.Equals(right));

    /// <summary>How two objects differ, where an unknown value equals every other.</summary>
    public static PlanDiff BetweenKnown(PropertyMap old, PropertyMap @new) => Between(old, @new, PlanValues.Match);

    private static PlanDiff Between(PropertyMap old, PropertyMap @new, Func<PropertyValue, PropertyValue, bool> same)
    {
        var (adds, updates) = (new Dictionary<string, PropertyValue>(StringComparer.Ordinal), new Dictionary<string, PropertyValue>(StringComparer.Ordinal));
        var deletes = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in @new)
        {
            if (value is PropertyValue.Null)
            {
                continue;
            }

            if (old.Find(name) is not { } former || former is PropertyValue.Null)
            {
                adds[name] = value;
            }
            else if (!same(former, value))
            {
                updates[name] = value;
            }
        }

        foreach (var (name, value) in old)
        {
            if (value is not PropertyValue.Null && @new.Find(name) is null or PropertyValue.Null)
            {
                deletes.Add(name);
            }
        }

        return adds.Count == 0 && updates.Count == 0 && deletes.Count == 0
            ? None
            : new PlanDiff(PropertyMap.Of(adds), deletes.ToImmutable(), PropertyMap.Of(updates));
    }
}
