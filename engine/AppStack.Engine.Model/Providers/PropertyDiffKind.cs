namespace AppStack.Engine.Model.Providers;

/// <summary>What happens to one property.</summary>
public enum PropertyDiffKind
{
    /// <summary>It is added.</summary>
    Add,

    /// <summary>It is added, and that replaces the resource.</summary>
    AddReplace,

    /// <summary>It is removed.</summary>
    Delete,

    /// <summary>It is removed, and that replaces the resource.</summary>
    DeleteReplace,

    /// <summary>It changes.</summary>
    Update,

    /// <summary>It changes, and that replaces the resource.</summary>
    UpdateReplace,
}
