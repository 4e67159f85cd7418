using Pulumi;

namespace AppStack.Components.Services.Images;

/// <summary>Arguments of a <see cref="ServiceImage"/>.</summary>
public sealed class ServiceImageArgs : ResourceArgs
{
    /// <summary>The image.</summary>
    public required ServiceImageSpec Spec { get; set; }

    /// <summary>The disks of the machines that need it, by the machines' names; a machine with another disk gets it again.</summary>
    public required IReadOnlyDictionary<string, string> Machines { get; set; }
}
