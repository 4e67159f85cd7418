using System.Collections.Immutable;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>What the program wanted of one resource when the plan was made. All but the properties has to be the same in the update.</summary>
internal sealed record GoalPlan
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required bool Custom { get; init; }

    /// <summary>How the checked inputs differ from those in state.</summary>
    public PlanDiff Inputs { get; init; } = PlanDiff.None;

    /// <summary>How the outputs differ from those in state; for components, which set their own.</summary>
    public PlanDiff Outputs { get; init; } = PlanDiff.None;

    public string? Parent { get; init; }

    public bool Protect { get; init; }

    public ImmutableArray<string> Dependencies { get; init; } = [];

    public string? Provider { get; init; }

    public ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } = ResourceState.NoPropertyDependencies;

    public bool? DeleteBeforeReplace { get; init; }

    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Former URNs.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public string? ImportId { get; init; }

    public StateTimeouts Timeouts { get; init; }

    /// <summary>The plan of a goal.</summary>
    public static GoalPlan Of(Goal goal, PlanDiff inputs) => new()
    {
        Type = goal.Type,
        Name = goal.Name,
        Custom = goal.Custom,
        Inputs = inputs,
        Parent = goal.Parent,
        Protect = goal.Protect,
        Dependencies = goal.Dependencies,
        Provider = goal.Provider,
        PropertyDependencies = goal.PropertyDependencies,
        DeleteBeforeReplace = goal.DeleteBeforeReplace,
        IgnoreChanges = goal.IgnoreChanges,
        AdditionalSecretOutputs = goal.AdditionalSecretOutputs,
        Aliases = goal.Aliases,
        ImportId = goal.ImportId,
        Timeouts = goal.Timeouts,
    };

    /// <summary>The plan of a resource that a plan does not name: it has to stay as state has it. What state does not keep may be anything.</summary>
    public static GoalPlan Unchanged(ResourceState old, Goal goal) => Of(goal, PlanDiff.None) with
    {
        Custom = old.Custom,
        Parent = old.Parent,
        Protect = old.Protect,
        Dependencies = old.Dependencies,
        Provider = old.Provider,
        PropertyDependencies = old.PropertyDependencies,
        IgnoreChanges = old.IgnoreChanges,
        AdditionalSecretOutputs = old.AdditionalSecretOutputs,
        Timeouts = old.Timeouts,
    };
}
