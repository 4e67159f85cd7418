namespace AppStack.Engine.Providers.Command;

/// <summary>Whether nodes without a pinned host key are used; set when the provider is configured.</summary>
internal sealed class HostKeyPolicy(bool allowUnknown)
{
    public bool AllowUnknown { get; set; } = allowUnknown;
}
