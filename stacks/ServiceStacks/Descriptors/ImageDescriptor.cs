using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>Where a service's image comes from: either of the two.</summary>
public sealed record ImageDescriptor
{
    /// <summary>An image that is there.</summary>
    [Key("An image of a registry, with an exact tag or a digest.", Example = "registry.gov.example/benefits@sha256:...")]
    public string? Reference { get; init; }

    /// <summary>A project that is built.</summary>
    [Key("A .NET project of this repository; in a lab its image is built from it on this host, without any registry.", Example = "samples/dilosi/Dilosi.csproj")]
    public string? Project { get; init; }
}
