using System.Text.Json;

namespace AppStack.Operations.Databases;

/// <summary>What the guard of one voter says of itself and of the cluster.</summary>
public sealed record GuardStatus
{
    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary><c>leader</c>, <c>standby</c>, <c>witness</c>, <c>held</c> or <c>down</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Whether it leads and can be written to.</summary>
    public bool Writable { get; init; }

    /// <summary>Whether it receives from the leader.</summary>
    public bool Streaming { get; init; }

    /// <summary>The term of the lease that it knows of.</summary>
    public long Term { get; init; }

    /// <summary>Whom it takes for the leader; empty: nobody.</summary>
    public string Leader { get; init; } = "";

    /// <summary>PostgreSQL's timeline.</summary>
    public long Timeline { get; init; }

    /// <summary>How far it is.</summary>
    public string Lsn { get; init; } = "";

    /// <summary>Why it does not serve; empty: it does.</summary>
    public string Held { get; init; } = "";

    /// <summary>Why it cannot be elected while nobody leads, with <c>rpo: bounded</c>; empty: that does not keep it.</summary>
    public string TooFarBehind { get; init; } = "";

    /// <summary>What it is busy with; empty: nothing.</summary>
    public string Job { get; init; } = "";

    /// <summary>The cluster that this one follows; empty: none.</summary>
    public string Following { get; init; } = "";

    /// <summary>Whether the voters of its settings are the ones whose votes count: <c>settled</c>; <c>changing</c>; <c>new</c>: it knows of no list yet.</summary>
    public string Voting { get; init; } = "settled";

    /// <summary>How many voters there are.</summary>
    public int Voters { get; init; }

    /// <summary>How many of them it hears of.</summary>
    public int Seen { get; init; }

    /// <summary>Whether PostgreSQL waits for a restart.</summary>
    public bool PendingRestart { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is no status.</exception>
    public static GuardStatus Parse(string json) =>
        JsonSerializer.Deserialize<GuardStatus>(json, JsonSerializerOptions.Web) ?? throw new JsonException("The status is empty.");
}
