namespace AppStack.Cli.Display;

/// <summary>What a line of a diff says about its value.</summary>
internal enum DiffSign
{
    /// <summary>It stays; shown for context.</summary>
    Same,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It goes.</summary>
    Removed,

    /// <summary>It changes.</summary>
    Changed,
}
