using System.Collections.Immutable;

namespace AppStack.Operations.Waf;

/// <summary>What came of a test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Answers">What came of its requests.</param>
/// <param name="Unmet">What is not as expected; empty when it passed.</param>
public sealed record WafResult(WafTest Test, ImmutableArray<WafAnswer> Answers, ImmutableArray<string> Unmet)
{
    /// <summary>Whether all is as expected.</summary>
    public bool Passed => Unmet.IsEmpty;
}
