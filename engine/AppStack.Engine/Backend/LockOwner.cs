namespace AppStack.Engine.Backend;

/// <summary>Who holds a stack's lock.</summary>
/// <param name="Path">The lock file.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="User">Whose process it is.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Since">When it took the lock.</param>
public sealed record LockOwner(string Path, int ProcessId, string User, string Host, DateTimeOffset Since)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host} (process {ProcessId}) since {Since:yyyy-MM-dd HH:mm:ss} UTC";
}
