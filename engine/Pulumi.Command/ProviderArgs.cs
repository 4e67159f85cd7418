namespace Pulumi.Command;

/// <summary>Arguments of <see cref="Provider"/>.</summary>
public sealed class ProviderArgs : ResourceArgs
{
    /// <summary>Arguments of <see cref="Provider"/>.</summary>
    public ProviderArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new ProviderArgs Empty => new();
}
