namespace AppStack.Components.Services.Images;

/// <summary>The image of a service that is built in a lab, from a .NET project and without any registry.</summary>
public sealed record ServiceImageSpec
{
    /// <summary>Its reference, whose tag follows from the sources (<see cref="SourceHash"/>).</summary>
    public required string Reference { get; init; }

    /// <summary>The project, absolute.</summary>
    public required string Project { get; init; }

    /// <summary>The lab.</summary>
    public required string Lab { get; init; }
}
