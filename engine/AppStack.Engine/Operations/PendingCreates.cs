using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>
/// Settles resources that may or may not exist, because the run that created them never heard how it ended. Only somebody who has looked
/// knows: they are forgotten, or taken into state under the ids that they turned out to have.
/// </summary>
internal static class PendingCreates
{
    /// <summary>The state without the operations that the options settle.</summary>
    /// <exception cref="StackException">An id is given for something that is not pending, or that the state has already.</exception>
    public static Snapshot Settle(Snapshot snapshot, OperationOptions options)
    {
        var pending = snapshot.PendingOperations.Where(operation => operation.Kind == PendingOperationKind.Creating).ToDictionary(operation => operation.Resource.Urn, StringComparer.Ordinal);
        var problems = options.ImportPendingCreates.Keys.Select(urn => Problem(urn, pending, snapshot)).OfType<string>().ToArray();
        if (problems.Length > 0)
        {
            throw new StackException(string.Join('\n', problems));
        }

        var imported = options.ImportPendingCreates.Select(entry => pending[entry.Key].Resource with { Id = entry.Value });
        return snapshot with
        {
            Resources = TopologicalOrder.Restore([.. snapshot.Resources, .. imported]),
            PendingOperations = [.. snapshot.PendingOperations.Where(operation => !IsSettled(operation, options))],
        };
    }

    private static bool IsSettled(PendingOperation operation, OperationOptions options) =>
        operation.Kind == PendingOperationKind.Creating && (options.ClearPendingCreates || options.ImportPendingCreates.ContainsKey(operation.Resource.Urn));

    private static string? Problem(string urn, Dictionary<string, PendingOperation> pending, Snapshot snapshot) =>
        !pending.ContainsKey(urn) ? $"The creation of {urn} is not pending, so that no id can be given for it. Pending are: {(pending.Count == 0 ? "none" : string.Join(", ", pending.Keys))}."
        : snapshot.Resources.Any(state => state.Urn == urn && !state.Delete) ? $"{urn} is in the state already: what is pending is its replacement. Run an update, which makes the replacement again, or forget it with --clear-pending-creates."
        : null;
}
