using System.Collections.Immutable;

namespace AppStack.Engine.State;

/// <summary>The state of a stack: what exists, in an order in which everything comes after what it depends on, and what may exist.</summary>
public sealed record Snapshot
{
    /// <summary>The state of a stack that was never deployed.</summary>
    public static Snapshot Empty { get; } = new();

    /// <summary>When it was written; same form as <see cref="ResourceState.Created"/>.</summary>
    public string Time { get; init; } = "";

    /// <summary>The version of the program that wrote it; its hash is the format's magic.</summary>
    public string Version { get; init; } = "";

    /// <summary>The JSON text of the plugins list that the genuine CLI sometimes writes; kept as it came.</summary>
    public string? Plugins { get; init; }

    /// <summary>The magic as read; checked against <see cref="Version"/>.</summary>
    public string Magic { get; init; } = "";

    /// <summary>How secrets are encrypted: <c>passphrase</c>, or <see langword="null"/> when the state has none.</summary>
    public string? SecretsProvider { get; init; }

    /// <summary>The salt of the passphrase, in Pulumi's textual form.</summary>
    public string? EncryptionSalt { get; init; }

    /// <summary>The resources.</summary>
    public ImmutableArray<ResourceState> Resources { get; init; } = [];

    /// <summary>Operations that never reported back.</summary>
    public ImmutableArray<PendingOperation> PendingOperations { get; init; } = [];
}
