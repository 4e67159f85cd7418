namespace AppStack.Engine.Events;

/// <summary>Names of steps.</summary>
public static class StepKinds
{
    /// <summary>Pulumi's name of a step, as in event logs, history and displays: <c>create-replacement</c>.</summary>
    public static string Name(this StepKind kind) => kind switch
    {
        StepKind.Same => "same",
        StepKind.Create => "create",
        StepKind.Update => "update",
        StepKind.Delete => "delete",
        StepKind.Replace => "replace",
        StepKind.CreateReplacement => "create-replacement",
        StepKind.DeleteReplaced => "delete-replaced",
        StepKind.Read => "read",
        StepKind.ReadReplacement => "read-replacement",
        StepKind.Refresh => "refresh",
        StepKind.Discard => "discard",
        StepKind.DiscardReplaced => "discard-replaced",
        StepKind.RemovePendingReplace => "remove-pending-replace",
        StepKind.Import => "import",
        StepKind.ImportReplacement => "import-replacement",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a step."),
    };
}
