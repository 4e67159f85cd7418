using System.Globalization;
using AppStack.Components.Postgres;

namespace AppStack.Operations.Databases;

/// <summary>
/// Judges, look by look, what becomes of a node that was told to rejoin. Cloning takes as long as its data are large, so there is no limit to the whole: only to
/// the time in which nothing happens on the node.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="environment">The environment, for the advice.</param>
internal sealed class RejoinWatch(string node, string environment)
{
    /// <summary>A guard begins what it is told within a few of its rounds (300 ms at most); a node that streams after this has not stopped at all.</summary>
    public static readonly TimeSpan Begun = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a machine needs to boot, an election, and a guard to try again what failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private bool _stopped;
    private TimeSpan _moved;
    private (string Role, long Timeline, string Lsn)? _last;

    /// <summary>Looks once.</summary>
    /// <param name="status">What the node's guard says; null: nothing.</param>
    /// <param name="elapsed">Since it was told.</param>
    /// <returns>An <see cref="OperationsExitCode"/> with what to say, or null: look again.</returns>
    public (int ExitCode, string Said)? Look(GuardStatus? status, TimeSpan elapsed)
    {
        var follows = status is { Streaming: true, Job: "" };
        _stopped |= !follows;
        if (follows && (_stopped || elapsed > Begun))
        {
            return (OperationsExitCode.Ok, string.Create(CultureInfo.InvariantCulture, $"{node} follows {(status!.Leader.Length > 0 ? status.Leader : status.Following)}, after {elapsed.TotalSeconds:0.0} s"));
        }

        if (status is { Held.Length: > 0, Job: "" } && elapsed > Begun)
        {
            return (OperationsExitCode.Off, $"{node} is held: {status.Held}");
        }

        // What it does without a job shows in its position: it replays what it has missed.
        var now = status is null ? _last : (status.Role, status.Timeline, status.Lsn);
        if (status is { Job.Length: > 0 } || now != _last)
        {
            (_moved, _last) = (elapsed, now);
        }

        return elapsed - _moved < Patience ? null : (OperationsExitCode.Off, Why(status));
    }

    private string Why(GuardStatus? status)
    {
        var silence = string.Create(CultureInfo.InvariantCulture, $"{Patience.TotalSeconds:0} s");
        return status is null
            ? $"{node} has not answered for {silence}. See whether the machine runs (`appstack verify {environment}`) and what its guard says (`journalctl -u {PostgresPaths.GuardUnit}` on it); it goes on by itself when it is back"
            : $"{node} is {status.Role}, follows nobody and has done nothing for {silence}{(status.Leader.Length == 0 && status.Following.Length == 0 ? "; it knows of no leader" : "")}. " +
                $"See who leads (`appstack db status {environment}`) and what the node's guard says (`journalctl -u {PostgresPaths.GuardUnit}` on it); it goes on by itself when it can";
    }
}
