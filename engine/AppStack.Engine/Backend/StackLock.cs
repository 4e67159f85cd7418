using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.State;

namespace AppStack.Engine.Backend;

/// <summary>
/// The lock of a stack, in the files and by the rules of the genuine CLI: refuse if any other lock exists, write an own one, look again.
/// A lock whose process ran on this very machine and is gone is left over from a crash; it is removed.
/// </summary>
internal sealed class StackLock : IDisposable
{
    // A clock is read once by the kernel for the process and once by us for the lock.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    private readonly IStateFiles _files;
    private readonly string _path;

    private StackLock(IStateFiles files, string path)
    {
        _files = files;
        _path = path;
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StackLockedException">Somebody else holds it.</exception>
    public static StackLock Take(
        IStateFiles files, string folder, string stack, Guid id, IProcessTable processes, TimeProvider time, Action<string> notice)
    {
        RemoveStale(files, folder, processes, notice);
        if (Owners(files, folder) is { Length: > 0 } owners)
        {
            throw new StackLockedException(stack, owners);
        }

        var json = new JsonText();
        json.BeginObject();
        json.Name("pid");
        json.Number(processes.CurrentProcess);
        json.Name("username");
        json.String(processes.UserName);
        json.Name("hostname");
        json.String(processes.HostName);
        json.Name("timestamp");
        json.String(Timestamps.Format(time.GetUtcNow()));
        json.EndObject();
        var own = new StackLock(files, Path.Combine(folder, $"{id:D}.json"));
        files.Replace(own._path, json.Written.Span, durable: false);
        var others = Owners(files, folder).RemoveAll(owner => owner.Path == own._path);
        if (others.Length > 0)
        {
            own.Dispose();
            throw new StackLockedException(stack, others);
        }

        return own;
    }

    /// <summary>All holders of the lock; more than one only for a moment.</summary>
    public static ImmutableArray<LockOwner> Owners(IStateFiles files, string folder) =>
        [.. files.Files(folder).Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(path => Read(files, path)).OfType<LockOwner>()];

    public void Dispose() => _files.Delete(_path);

    private static void RemoveStale(IStateFiles files, string folder, IProcessTable processes, Action<string> notice)
    {
        foreach (var owner in Owners(files, folder))
        {
            if (owner.Host == processes.HostName
                && owner.ProcessId > 0
                && (processes.Started(owner.ProcessId) is not { } started || started > owner.Since + ClockSlack))
            {
                files.Delete(owner.Path);
                notice($"Removed the lock of {owner}: that process is gone.");
            }
        }
    }

    private static LockOwner? Read(IStateFiles files, string path)
    {
        if (files.Read(path) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return new LockOwner(
                path,
                root.GetProperty("pid").GetInt32(),
                root.GetProperty("username").GetString() ?? "?",
                root.GetProperty("hostname").GetString() ?? "?",
                DateTimeOffset.Parse(root.GetProperty("timestamp").GetString() ?? "", CultureInfo.InvariantCulture).ToUniversalTime());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            // Half written or damaged: somebody, unknown, holds it.
            return new LockOwner(path, 0, "unknown", "unknown", files.LastWrite(path));
        }
    }
}
