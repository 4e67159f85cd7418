namespace Pulumi;

/// <summary>Time limits of a resource's operations; unset ones are the provider's default.</summary>
public sealed class CustomTimeouts
{
    /// <summary>Limit for creating.</summary>
    public TimeSpan? Create { get; set; }

    /// <summary>Limit for updating.</summary>
    public TimeSpan? Update { get; set; }

    /// <summary>Limit for deleting.</summary>
    public TimeSpan? Delete { get; set; }

    internal CustomTimeouts Clone() => (CustomTimeouts)MemberwiseClone();
}
