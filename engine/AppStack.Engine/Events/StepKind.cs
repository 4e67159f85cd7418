namespace AppStack.Engine.Events;

/// <summary>What is done to a resource. <see cref="StepKinds.Name"/> gives Pulumi's names.</summary>
public enum StepKind
{
    /// <summary>Nothing.</summary>
    Same,

    /// <summary>Created.</summary>
    Create,

    /// <summary>Updated in place.</summary>
    Update,

    /// <summary>Deleted.</summary>
    Delete,

    /// <summary>Replaced (marker; the work is in the two steps around it).</summary>
    Replace,

    /// <summary>Created as a replacement.</summary>
    CreateReplacement,

    /// <summary>Deleted after, or before, its replacement.</summary>
    DeleteReplaced,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Read as a replacement.</summary>
    ReadReplacement,

    /// <summary>Compared with what exists.</summary>
    Refresh,

    /// <summary>Forgotten: a resource that was read and is not any more.</summary>
    Discard,

    /// <summary>Forgotten after its replacement.</summary>
    DiscardReplaced,

    /// <summary>A replacement that an earlier run left pending is dropped.</summary>
    RemovePendingReplace,

    /// <summary>Taken over.</summary>
    Import,

    /// <summary>Taken over as a replacement.</summary>
    ImportReplacement,
}
