namespace AppStack.Cli.Commands;

/// <summary>What is done with a stack.</summary>
internal enum OperationKind
{
    /// <summary>Tell what an update would do.</summary>
    Preview,

    /// <summary>Make what exists equal to what the program declares.</summary>
    Up,

    /// <summary>Bring the state up to date with what exists.</summary>
    Refresh,

    /// <summary>Delete everything.</summary>
    Destroy,

    /// <summary>Take over what exists already.</summary>
    Import,
}
