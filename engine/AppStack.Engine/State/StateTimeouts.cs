using System.Runtime.InteropServices;
using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.State;

/// <summary>A resource's time limits as state keeps them: seconds, 0 for none.</summary>
/// <param name="Create">Limit for creating.</param>
/// <param name="Update">Limit for updating.</param>
/// <param name="Delete">Limit for deleting.</param>
/// <param name="Read">Limit for reading.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StateTimeouts(double Create, double Update, double Delete, double Read)
{
    /// <summary>Whether no limit is set.</summary>
    public bool IsEmpty => this == default;

    /// <summary>The limits that a program gave.</summary>
    public static StateTimeouts From(OperationTimeouts timeouts) => new(
        timeouts.Create?.TotalSeconds ?? 0,
        timeouts.Update?.TotalSeconds ?? 0,
        timeouts.Delete?.TotalSeconds ?? 0,
        0);

    internal static TimeSpan? ToTimeSpan(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
