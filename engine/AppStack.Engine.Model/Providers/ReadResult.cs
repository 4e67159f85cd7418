using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A resource as it is now.</summary>
/// <param name="Id">Its id; empty when it does not exist any more.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Inputs">Its inputs; <see langword="null"/> when the provider cannot tell, which keeps those known.</param>
public sealed record ReadResult(string Id, PropertyMap Outputs, PropertyMap? Inputs = null)
{
    /// <summary>It does not exist any more.</summary>
    public static ReadResult Gone { get; } = new("", PropertyMap.Empty);
}
