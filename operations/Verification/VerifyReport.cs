namespace AppStack.Operations.Verification;

/// <summary>What <c>appstack verify</c> saw.</summary>
/// <param name="Checks">All checks, by node in the order of the descriptor.</param>
/// <param name="Ms">How long the whole verification took, in milliseconds.</param>
public sealed record VerifyReport(IReadOnlyList<VerifyCheck> Checks, double Ms)
{
    /// <summary>The alerts that are raised, as monitoring nodes told in the same round trip; each once.</summary>
    public IReadOnlyList<RaisedAlert> Alerts { get; init; } = [];

    /// <summary>Whether everything is as it should be. Nothing seen is not: a verification without checks proves nothing.</summary>
    public bool Ok => Checks.Count > 0 && Checks.All(check => check.Ok);

    /// <summary>The checks that are off.</summary>
    public IEnumerable<VerifyCheck> Off => Checks.Where(check => !check.Ok);

    /// <summary>What is off, in one line.</summary>
    public string OffLine => string.Join("; ", Off.Select(check => check.Line));
}
