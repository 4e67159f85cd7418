using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AppStack.Operations.Waf;

/// <summary>What must come of a request.</summary>
public sealed record WafExpectation
{
    /// <summary>Status codes of which one is the answer's. Empty: any. Default: empty.</summary>
    public ImmutableArray<int> Status { get; init; } = [];

    /// <summary>A regular expression that a line of the engine's log matches. Null: none. Default: null.</summary>
    public string? LogContains { get; init; }

    /// <summary>A regular expression that no line of the engine's log matches. Null: none. Default: null.</summary>
    public string? NoLogContains { get; init; }

    /// <summary>A regular expression that the answer matches. Null: none. Default: null.</summary>
    public string? ResponseContains { get; init; }

    /// <summary>Whether the connection ends without an answer. Default: false.</summary>
    public bool ExpectError { get; init; }

    /// <summary>What is not as expected.</summary>
    /// <param name="answer">What came of the request.</param>
    /// <returns>A sentence each; empty when all is as expected.</returns>
    public ImmutableArray<string> Unmet(WafAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var unmet = ImmutableArray.CreateBuilder<string>();
        if (ExpectError != answer.Status is null)
        {
            unmet.Add(ExpectError ? $"no answer was expected, and {answer.Status} came" : "no answer came");
        }
        else if (!Status.IsEmpty && !Status.Contains(answer.Status ?? 0))
        {
            unmet.Add($"the status is {answer.Status} and not {string.Join(" or ", Status)}");
        }

        if (LogContains is not null && !answer.Log.Any(line => Matches(LogContains, line)))
        {
            unmet.Add($"the log does not contain {LogContains}");
        }

        if (NoLogContains is not null && answer.Log.Any(line => Matches(NoLogContains, line)))
        {
            unmet.Add($"the log contains {NoLogContains}");
        }

        if (ResponseContains is not null && !Matches(ResponseContains, answer.Text))
        {
            unmet.Add($"the answer does not contain {ResponseContains}");
        }

        return unmet.ToImmutable();
    }

    private static bool Matches(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
