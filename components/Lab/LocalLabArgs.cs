using Pulumi;

namespace AppStack.Components.Lab;

/// <summary>The inputs of a <see cref="LocalLab"/>.</summary>
public sealed class LocalLabArgs : ResourceArgs
{
    /// <summary>What there shall be.</summary>
    public required LocalLabSpec Spec { get; init; }

    /// <summary>How the program sees what already is on the host. The default looks at this host.</summary>
    public ILabHost Host { get; init; } = new LabHost();
}
