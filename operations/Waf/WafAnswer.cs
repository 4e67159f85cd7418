using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AppStack.Operations.Waf;

/// <summary>What came of a request.</summary>
/// <param name="Status">The status; null when the connection ended without one.</param>
/// <param name="Text">The whole answer.</param>
/// <param name="Log">What the engine logged of it, line by line.</param>
public sealed partial record WafAnswer(int? Status, string Text, ImmutableArray<string> Log)
{
    /// <summary>The rules that found something, in the order in which they did.</summary>
    public ImmutableArray<int> Rules { get; } =
        [.. Log.SelectMany(line => RuleId().Matches(line)).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex("""\[id "([0-9]+)"\]""")]
    private static partial Regex RuleId();
}
