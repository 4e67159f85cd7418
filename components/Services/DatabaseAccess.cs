using System.Collections.Immutable;

namespace AppStack.Components.Services;

/// <summary>A service's database as its pods reach it: through the poolers, as the role of this generation.</summary>
public sealed record DatabaseAccess
{
    /// <summary>Addresses of all poolers; a client tries them in turn.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>Their port.</summary>
    public required int Port { get; init; }

    /// <summary>The name to connect to for reading and writing.</summary>
    public required string Name { get; init; }

    /// <summary>The name to connect to for reading from standbys.</summary>
    public required string ReadOnlyName { get; init; }

    /// <summary>The login role.</summary>
    public required string Username { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <summary>Certificate (PEM) of the authority that vouches for the poolers.</summary>
    public required string Authority { get; init; }

    /// <summary>Where it is, without what opens it.</summary>
    public override string ToString() => $"{Username}@{string.Join(',', Hosts)}/{Name}";
}
