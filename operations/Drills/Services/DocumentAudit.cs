using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Services;

/// <summary>What the database holds, compared with what clients were given.</summary>
/// <param name="Acknowledged">Documents that clients were given.</param>
/// <param name="Lost">Those of them that the database does not hold.</param>
/// <param name="Duplicated">Requests for which there are two documents, or another one than the client was given.</param>
public sealed record DocumentAudit(int Acknowledged, int Lost, int Duplicated)
{
    /// <summary>Compares.</summary>
    /// <param name="samples">What clients saw.</param>
    /// <param name="held">Key and code of every document that the database holds, without separators.</param>
    public static DocumentAudit Compare(IEnumerable<DocumentSample> samples, IEnumerable<(string Key, string Code)> held)
    {
        var rows = held.ToLookup(row => row.Key, row => row.Code, StringComparer.Ordinal);
        var acknowledged = samples.Where(sample => sample.Code is not null).ToList();
        var twice = rows.Where(group => group.Count() > 1).Select(group => group.Key);
        var other = acknowledged.Where(sample => rows[sample.Key].Any() && !rows[sample.Key].Contains(Plain(sample.Code!), StringComparer.Ordinal)).Select(sample => sample.Key);
        return new(acknowledged.Count, acknowledged.Count(sample => !rows[sample.Key].Any()), twice.Union(other, StringComparer.Ordinal).Count());
    }

    /// <summary>All requests of samples: those that issue and those that verify.</summary>
    public static IReadOnlyList<RequestSample> Requests(IEnumerable<DocumentSample> samples) =>
    [
        .. samples.SelectMany(sample => sample.VerifyEndMicros is { } end
            ? new[] { Issue(sample), new RequestSample(sample.IssueEndMicros, end - sample.IssueEndMicros, sample.VerifyFailure) }
            : [Issue(sample)]),
    ];

    private static RequestSample Issue(DocumentSample sample) => new(sample.IssueStartMicros, sample.IssueEndMicros - sample.IssueStartMicros, sample.IssueFailure);

    private static string Plain(string code) => code.Replace("-", "", StringComparison.Ordinal);
}
