using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>Decides what happens to a resource. Pure: the same input gives the same steps, and nothing is asked or changed.</summary>
internal static class Planner
{
    /// <summary>The steps for one registered resource, in the order in which they run.</summary>
    /// <exception cref="PlanningException">What is wanted must not be done.</exception>
    public static ImmutableArray<Step> Plan(PlannerInput input)
    {
        var goal = input.Goal;
        var wanted = goal.ToState(input.Inputs);
        if (input.Old is not { } old)
        {
            return [Fresh(input, wanted)];
        }

        if (input.DeletedByThisRun)
        {
            return Recreate(input, old, ["a dependency was replaced"]);
        }

        if (old.State.PendingReplacement)
        {
            return [new Step { Kind = StepKind.RemovePendingReplace, Old = old, ReplacementFollows = true }, .. Recreate(input, old, ["the replacement was not complete"])];
        }

        if (goal.Custom != old.State.Custom || old.State.External)
        {
            // Taken over from a read, or a component that became a resource (or the other way round): the old one is only forgotten.
            return CreateThenDelete(input, old, ["kind"]);
        }

        if (input.Pending == PendingOperationKind.Deleting)
        {
            // It may be gone. Deleting is repeatable, so finish that, then make it again.
            return DeleteThenCreate(input, old, ["an earlier deletion was interrupted"]);
        }

        var difference = input.Difference;
        if (difference.Replace)
        {
            return goal.DeleteBeforeReplace ?? difference.DeleteBeforeReplace
                ? DeleteThenCreate(input, old, difference.ReplaceKeys)
                : CreateThenDelete(input, old, difference.ReplaceKeys);
        }

        var kept = wanted with
        {
            Id = old.State.Id,
            Outputs = old.State.Outputs,
            Created = old.State.Created,
            Modified = old.State.Modified,
            InitErrors = old.State.InitErrors,
            StackTrace = old.State.StackTrace,
            ImportId = wanted.ImportId ?? old.State.ImportId,
        };
        var mustUpdate = difference.Changed || old.State.InitErrors.Length > 0 || input.Pending == PendingOperationKind.Updating;
        return
        [
            new Step
            {
                Kind = mustUpdate ? StepKind.Update : StepKind.Same,
                Old = old,
                New = new NumberedResource(old.Number, kept),
                Detailed = difference.Detailed,
            },
        ];
    }

    /// <summary>That a resource which would have to be replaced is protected; <see langword="null"/> when it may be replaced.</summary>
    public static string? ProtectedFromReplacement(PlannerInput input) =>
        Replaces(input) is { Protect: true } old && input.Goal.Protect
            ? $"The resource {old.Urn} must be replaced ({Reasons(input)}), but it is protected. "
                + "Remove `protect` from it in the program, or run `appstack state unprotect`, if it may be deleted."
            : null;

    /// <summary>
    /// That a resource which would have to be replaced is to have the id that the program names, which its replacement cannot have;
    /// <see langword="null"/> when it may be replaced.
    /// </summary>
    public static string? BoundToItsId(PlannerInput input) =>
        Replaces(input) is { } old && input.Goal.ImportId is { Length: > 0 }
            ? $"The resource {old.Urn} was imported and would have to be replaced ({Reasons(input)}). "
                + "Make its inputs equal to what exists, or remove `import` from its options."
            : null;

    /// <summary>What the provider and the program say about the change, put together.</summary>
    public static Difference Judge(Goal goal, ResourceState old, PropertyMap inputs, DiffResult answer)
    {
        var detailed = answer.DetailedDiff;
        var derived = detailed.IsEmpty && answer.Changes != DiffChanges.None ? PropertyDiffer.Compare(old.Inputs, inputs) : detailed;
        var changed = answer.Changes switch
        {
            DiffChanges.Some => true,
            DiffChanges.None => false,
            _ => derived.Count > 0 || answer.ReplaceKeys.Length > 0,
        };
        var replaceKeys = new SortedSet<string>(answer.ReplaceKeys, StringComparer.Ordinal);
        foreach (var (path, kind) in detailed)
        {
            if (kind is PropertyDiffKind.AddReplace or PropertyDiffKind.DeleteReplace or PropertyDiffKind.UpdateReplace)
            {
                replaceKeys.Add(path);
            }
        }

        if (derived.IsEmpty && changed)
        {
            derived = answer.ChangedKeys.ToImmutableSortedDictionary(key => key, _ => PropertyDiffKind.Update, StringComparer.Ordinal);
        }

        derived = Promote(goal.ReplaceOnChanges, derived, replaceKeys);
        if (goal.ReplaceOnChanges.Contains("*") && (old.InitErrors.Length > 0 || changed) && replaceKeys.Count == 0)
        {
            replaceKeys.Add("*");
        }

        if (TriggerChanged(goal, old))
        {
            replaceKeys.Add("replacementTrigger");
        }

        return new Difference
        {
            Changed = changed || replaceKeys.Count > 0,
            Replace = replaceKeys.Count > 0,
            DeleteBeforeReplace = answer.DeleteBeforeReplace,
            ReplaceKeys = [.. replaceKeys],
            Detailed = derived,
        };
    }

    // Changes at or below the paths that the program named become replacements.
    private static ImmutableSortedDictionary<string, PropertyDiffKind> Promote(
        ImmutableArray<string> replaceOnChanges, ImmutableSortedDictionary<string, PropertyDiffKind> detailed, SortedSet<string> replaceKeys)
    {
        if (replaceOnChanges.Length == 0 || detailed.IsEmpty)
        {
            return detailed;
        }

        var patterns = replaceOnChanges.Select(PropertyPath.Parse).ToArray();
        var promoted = detailed.ToBuilder();
        foreach (var (path, kind) in detailed)
        {
            var parsed = PropertyPath.Parse(path);
            if (Array.Exists(patterns, pattern => pattern.Contains(parsed)))
            {
                replaceKeys.Add(path);
                promoted[path] = kind switch
                {
                    PropertyDiffKind.Add => PropertyDiffKind.AddReplace,
                    PropertyDiffKind.Delete => PropertyDiffKind.DeleteReplace,
                    PropertyDiffKind.Update => PropertyDiffKind.UpdateReplace,
                    _ => kind,
                };
            }
        }

        return promoted.ToImmutable();
    }

    /// <summary>Whether the program's own reason for a replacement has changed. A first trigger is none.</summary>
    public static bool TriggerChanged(Goal goal, ResourceState old) =>
        goal.ReplacementTrigger is { } trigger
        && old.ReplacementTrigger is { } former
        && (trigger.ContainsUnknowns || !trigger.WithoutSecrets().Equals(former.WithoutSecrets()));

    // What an earlier deletion that never reported back has begun is finished whatever the program says.
    private static ResourceState? Replaces(PlannerInput input) =>
        input.Difference.Replace && input.Pending != PendingOperationKind.Deleting ? input.Old?.State : null;

    private static string Reasons(PlannerInput input) => string.Join(", ", input.Difference.ReplaceKeys);

    private static Step Fresh(PlannerInput input, ResourceState wanted) => new()
    {
        Kind = StepKind.Create,
        New = new NumberedResource(input.NewNumber, wanted),
    };

    private static ResourceState Replacement(PlannerInput input) => input.Goal.ToState(input.ReplacementInputs ?? input.Inputs);

    private static ImmutableArray<Step> Recreate(PlannerInput input, NumberedResource old, ImmutableArray<string> reasons)
    {
        var step = new Step
        {
            Kind = StepKind.CreateReplacement,
            Old = old,
            New = new NumberedResource(input.NewNumber, Replacement(input)),
            ReplaceKeys = reasons,
            Detailed = input.Difference.Detailed,
            OldIsGone = true,
        };
        return [step with { Kind = StepKind.Replace }, step];
    }

    private static ImmutableArray<Step> CreateThenDelete(PlannerInput input, NumberedResource old, ImmutableArray<string> reasons)
    {
        var step = new Step
        {
            Kind = StepKind.CreateReplacement,
            Old = old,
            New = new NumberedResource(input.NewNumber, Replacement(input)),
            ReplaceKeys = reasons,
            Detailed = input.Difference.Detailed,
        };
        return [step, step with { Kind = StepKind.Replace }];
    }

    private static ImmutableArray<Step> DeleteThenCreate(PlannerInput input, NumberedResource old, ImmutableArray<string> reasons)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        var companions = ImmutableArray.CreateBuilder<Step>();
        var going = input.CondemnedDependents.Select(dependent => dependent.State.Urn).Append(old.State.Urn).ToHashSet(StringComparer.Ordinal);
        foreach (var dependent in input.CondemnedDependents)
        {
            if (dependent.State.Protect)
            {
                throw new PlanningException(
                    $"The resource {old.State.Urn} must be deleted before it is replaced, and {dependent.State.Urn} with it, but that one is protected. "
                    + "Remove `protect` from it in the program and update once, or run `appstack state unprotect`, if it may be deleted.");
            }

            // What goes with something that is deleted here is gone once that is, and not before.
            var isCompanion = dependent.State.DeletedWith is { } owner && going.Contains(owner);
            (isCompanion ? companions : steps).Add(new Step
            {
                Kind = StepKind.DeleteReplaced, Old = dependent, AwaitsReplacement = true, StateOnly = isCompanion || SkipsProvider(dependent.State),
            });
        }

        steps.Add(new Step { Kind = StepKind.DeleteReplaced, Old = old, AwaitsReplacement = true, StateOnly = SkipsProvider(old.State), ReplaceKeys = reasons });
        steps.AddRange(companions);
        steps.AddRange(Recreate(input, old, reasons));
        return steps.ToImmutable();
    }

    private static bool SkipsProvider(ResourceState state) => !state.Custom || state.External || state.RetainOnDelete;
}
