namespace AppStack.Operations.Load;

/// <summary>What a database holds, compared with what it acknowledged to a writer.</summary>
/// <param name="Acknowledged">Ids whose commit was acknowledged.</param>
/// <param name="Lost">Acknowledged ids that the database does not hold.</param>
/// <param name="Duplicated">Ids that the database holds more than once.</param>
/// <param name="Unacknowledged">Ids that the database holds though their statement failed: the connection broke between commit and answer. Not a fault.</param>
/// <param name="Unknown">Ids that the database holds and the writer never sent: another writer's, or a table that was not empty. Makes the audit worthless.</param>
public sealed record WriteAudit(int Acknowledged, int Lost, int Duplicated, int Unacknowledged, int Unknown)
{
    /// <summary>Whether every acknowledged row is there exactly once, and nothing that was never sent.</summary>
    public bool Ok => Lost == 0 && Duplicated == 0 && Unknown == 0;

    /// <summary>Compares.</summary>
    /// <param name="sent">Every id that was sent, whatever became of it.</param>
    /// <param name="acknowledged">The ids whose commit was acknowledged; all of them were sent.</param>
    /// <param name="held">The ids of the table's rows, one per row; without a unique index, so that a statement that ran twice shows.</param>
    /// <exception cref="ArgumentException">An id was acknowledged that was not sent.</exception>
    public static WriteAudit Compare(IEnumerable<long> sent, IEnumerable<long> acknowledged, IEnumerable<long> held)
    {
        var sentIds = sent.ToHashSet();
        var acknowledgedIds = acknowledged.ToHashSet();
        if (!acknowledgedIds.IsSubsetOf(sentIds))
        {
            throw new ArgumentException("An id was acknowledged that was not sent.", nameof(acknowledged));
        }

        var rows = held.CountBy(id => id).ToDictionary();
        return new WriteAudit(
            acknowledgedIds.Count,
            Lost: acknowledgedIds.Count(id => !rows.ContainsKey(id)),
            Duplicated: rows.Count(row => row.Value > 1),
            Unacknowledged: rows.Keys.Count(id => sentIds.Contains(id) && !acknowledgedIds.Contains(id)),
            Unknown: rows.Keys.Count(id => !sentIds.Contains(id)));
    }
}
