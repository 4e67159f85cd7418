using System.Text.Json;

namespace AppStack.Operations.Drills.Services;

/// <summary>Which documents are to be issued, and where.</summary>
public sealed record DocumentOptions
{
    /// <summary>The service's address: <c>https://dilosi.example/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The virtual address that is connected to, whatever the name says: names of a lab are in no DNS.</summary>
    public required string ConnectTo { get; init; }

    /// <summary>The certificate (PEM) of the authority that issued the service's.</summary>
    public required string Authority { get; init; }

    /// <summary>What every key begins with, so that the drill's documents are told from others.</summary>
    public required string Prefix { get; init; }

    /// <summary>Documents per second.</summary>
    public required double Rate { get; init; }

    /// <summary>How long a client waits for an answer. Longer than the service itself tries again (15 s).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>As an argument of the hidden verb.</summary>
    public string ToArgument() => JsonSerializer.Serialize(this);

    /// <summary>Reads the argument of the hidden verb.</summary>
    public static DocumentOptions Read(string argument) => JsonSerializer.Deserialize<DocumentOptions>(argument)!;
}
