namespace AppStack.Operations.Drills.Services;

/// <summary>A request that failed, so that its cause can be looked up in the logs of that moment.</summary>
/// <param name="What">What was asked: <c>issue</c>, <c>verify</c>.</param>
/// <param name="Key">The document's key.</param>
/// <param name="Reason">What the client saw.</param>
/// <param name="At">When it was sent.</param>
/// <param name="TookMs">How long it took to fail, in milliseconds.</param>
public sealed record FailedRequest(string What, string Key, string Reason, DateTimeOffset At, double TookMs)
{
    /// <summary>As many as a report lists: causes show in the first ones.</summary>
    private const int Most = 20;

    /// <summary>The first requests that failed.</summary>
    /// <param name="samples">What clients saw.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="nowMicros">The same on the clock of the samples.</param>
    public static IReadOnlyList<FailedRequest> First(IEnumerable<DocumentSample> samples, DateTimeOffset now, long nowMicros) =>
    [
        .. samples.SelectMany(sample => new[]
            {
                (What: "issue", sample.Key, Reason: sample.IssueFailure, Start: sample.IssueStartMicros, End: sample.IssueEndMicros),
                (What: "verify", sample.Key, Reason: sample.VerifyFailure, Start: sample.IssueEndMicros, End: sample.VerifyEndMicros ?? sample.IssueEndMicros),
            })
            .Where(request => request.Reason is not null)
            .OrderBy(request => request.Start)
            .Take(Most)
            .Select(request => new FailedRequest(request.What, request.Key, request.Reason!, now - TimeSpan.FromMicroseconds(nowMicros - request.Start), (request.End - request.Start) / 1000.0)),
    ];
}
