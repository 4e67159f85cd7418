using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>Whether the program wants of a resource what it wanted when the plan was made.</summary>
internal static class GoalCheck
{
    /// <summary>All that is not as planned; empty when everything is.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="goal">What the program wants now.</param>
    /// <param name="oldInputs">The inputs in state.</param>
    /// <param name="inputs">The checked inputs; <see langword="null"/> for a resource that is imported, whose inputs do not count.</param>
    public static IReadOnlyList<string> Violations(GoalPlan plan, Goal goal, PropertyMap oldInputs, PropertyMap? inputs)
    {
        var violations = new List<string>();
        if (plan.Custom != goal.Custom)
        {
            violations.Add($"it was to be a {(plan.Custom ? "custom resource" : "component")}");
        }

        if (!SameProvider(plan.Provider, goal.Provider))
        {
            violations.Add($"its provider was to be {plan.Provider ?? "none"}, but is {goal.Provider ?? "none"}");
        }

        Compare("parent", plan.Parent, goal.Parent);
        Compare("protect", Flag(plan.Protect), Flag(goal.Protect));
        Compare("deleteBeforeReplace", Flag(plan.DeleteBeforeReplace), Flag(goal.DeleteBeforeReplace));
        Compare("import", plan.ImportId, goal.ImportId);
        Limit("create", plan.Timeouts.Create, goal.Timeouts.Create);
        Limit("update", plan.Timeouts.Update, goal.Timeouts.Update);
        Limit("delete", plan.Timeouts.Delete, goal.Timeouts.Delete);
        Limit("read", plan.Timeouts.Read, goal.Timeouts.Read);
        Set("ignoreChanges", plan.IgnoreChanges, goal.IgnoreChanges);
        Set("additionalSecretOutputs", plan.AdditionalSecretOutputs, goal.AdditionalSecretOutputs);
        Set("dependencies", plan.Dependencies, goal.Dependencies);
        Set("aliases", plan.Aliases, goal.Aliases);
        if (inputs is not null)
        {
            violations.AddRange(PlanDiffCheck.Violations(oldInputs, inputs, plan.Inputs).Select(violation => $"the property {violation}"));
        }

        foreach (var (property, urns) in plan.PropertyDependencies)
        {
            // A property that was unknown may be gone, and what it depended on with it.
            if (goal.PropertyDependencies.TryGetValue(property, out var actual))
            {
                Set($"dependencies of '{property}'", urns, actual);
            }
        }

        return violations;

        void Compare(string what, string? planned, string? actual)
        {
            if ((planned ?? "") != (actual ?? ""))
            {
                violations.Add($"{what} was to be {planned ?? "unset"}, but is {actual ?? "unset"}");
            }
        }

        void Limit(string operation, double planned, double actual)
        {
            if (!planned.Equals(actual))
            {
                violations.Add(FormattableString.Invariant($"the time limit for {operation} was to be {planned} s, but is {actual} s"));
            }
        }

        void Set(string what, ImmutableArray<string> planned, ImmutableArray<string> actual)
        {
            var (missing, extra) = (Left(planned, actual), Left(actual, planned));
            if (missing.Length + extra.Length > 0)
            {
                violations.Add($"{what} differ from the plan ({string.Join("; ", Part("missing: ", missing).Concat(Part("not planned: ", extra)))})");
            }
        }
    }

    private static string[] Left(ImmutableArray<string> all, ImmutableArray<string> without) =>
        [.. all.Except(without, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Part(string title, string[] items) => items.Length == 0 ? [] : [title + string.Join(", ", items)];

    private static string? Flag(bool? value) => value switch { null => null, true => "true", false => "false" };

    // The id of a provider that the update makes was not known when the plan was made.
    private static bool SameProvider(string? planned, string? actual) =>
        planned == actual
        || (planned is not null && actual is not null
            && Urns.TryParseReference(planned, out var plannedUrn, out var plannedId) && Urns.TryParseReference(actual, out var actualUrn, out var actualId)
            && plannedUrn == actualUrn
            && (plannedId == PropertySignatures.Unknown || actualId == PropertySignatures.Unknown));
}
