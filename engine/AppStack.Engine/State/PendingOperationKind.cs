namespace AppStack.Engine.State;

/// <summary>What was being done to a resource when the last word about it was written.</summary>
public enum PendingOperationKind
{
    /// <summary>It was being created: it may exist.</summary>
    Creating,

    /// <summary>It was being updated: it may have old, new or mixed properties.</summary>
    Updating,

    /// <summary>It was being deleted: it may be gone.</summary>
    Deleting,

    /// <summary>It was being read.</summary>
    Reading,

    /// <summary>It was being taken over.</summary>
    Importing,
}
