namespace AppStack.Engine.Model.Registration;

/// <summary>Time limits of a resource's operations; <see langword="null"/> means the provider's default.</summary>
/// <param name="Create">Limit for creating.</param>
/// <param name="Update">Limit for updating.</param>
/// <param name="Delete">Limit for deleting.</param>
public sealed record OperationTimeouts(TimeSpan? Create = null, TimeSpan? Update = null, TimeSpan? Delete = null)
{
    /// <summary>No limit set.</summary>
    public static OperationTimeouts None { get; } = new();
}
