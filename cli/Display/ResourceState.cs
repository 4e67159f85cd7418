namespace AppStack.Cli.Display;

/// <summary>Where a resource stands in an operation.</summary>
internal enum ResourceState
{
    /// <summary>A preview says what would be done.</summary>
    Planned,

    /// <summary>A step runs.</summary>
    Running,

    /// <summary>The last step is done.</summary>
    Done,

    /// <summary>A step failed.</summary>
    Failed,
}
