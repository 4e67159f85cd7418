namespace AppStack.Engine.State;

/// <summary>Names of pending operations in state.</summary>
internal static class PendingOperationKinds
{
    public static string Name(PendingOperationKind kind) => kind switch
    {
        PendingOperationKind.Creating => "creating",
        PendingOperationKind.Updating => "updating",
        PendingOperationKind.Deleting => "deleting",
        PendingOperationKind.Reading => "reading",
        PendingOperationKind.Importing => "importing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a pending operation."),
    };

    public static PendingOperationKind Parse(string name) => name switch
    {
        "creating" => PendingOperationKind.Creating,
        "updating" => PendingOperationKind.Updating,
        "deleting" => PendingOperationKind.Deleting,
        "reading" => PendingOperationKind.Reading,
        "importing" => PendingOperationKind.Importing,
        _ => throw new StateFormatException($"The state holds a pending operation of the unknown kind '{name}'."),
    };
}
