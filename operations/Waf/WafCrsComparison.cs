using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Operations.Waf;

/// <summary>
/// Whether what the ingress loads of CRS finds what CRS finds: its own regression tests are sent to the engine with the package's rules as they are
/// and to one with the reduced ones, and the rules that found something are compared.
/// </summary>
/// <param name="Level">The paranoia level of both.</param>
/// <param name="Requests">Requests that were sent to each.</param>
/// <param name="AsExpected">Tests of which both made what CRS expects; the rest expect Apache's log or its answers to broken requests.</param>
/// <param name="Tests">Tests.</param>
/// <param name="Different">Requests that were not answered the same, or in which not the same rules found something; a line each.</param>
public sealed record WafCrsComparison(int Level, int Requests, int AsExpected, int Tests, ImmutableArray<string> Different)
{
    // Rules that look for something, and those that add up and refuse; 980 only tells nginx' log what the others found.
    private const int FirstRule = 911_000;
    private const int LastRule = 979_999;

    // Broken requests wait for a body that does not come, and are many.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Compares.</summary>
    /// <param name="tests">CRS' regression tests.</param>
    /// <param name="level">The paranoia level.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<WafCrsComparison> RunAsync(ImmutableArray<WafTest> tests, int level, CancellationToken cancellationToken)
    {
        // What the tests ask for (tests/regression/README.md of CRS).
        var service = new WafService
        {
            Name = "crs",
            Team = "crs",
            Spec = new() { Mode = WafMode.Detect, Paranoia = level, Arguments = new() { Count = 255, NameBytes = 100, ValueBytes = 400 } },
        };
        var settings = new WafEngineSettings
        {
            Patience = Patience,
            MoreRules = $"SecAction \"id:{RuleIdRange.Of(service).Last},phase:1,pass,nolog,setvar:'tx.crs_validate_utf8_encoding=1'\"\n",
        };
        // At the same time: each waits for broken requests most of the time.
        var runs = await Task.WhenAll(
            WafTestRun.RunAsync(service, settings with { WholeCrs = true }, tests, cancellationToken),
            WafTestRun.RunAsync(service, settings, tests, cancellationToken));
        var different = from pair in runs[0].Zip(runs[1])
            from stage in pair.First.Answers.Zip(pair.Second.Answers).Select((answers, index) => (Whole: Seen(answers.First), Reduced: Seen(answers.Second), Index: index))
            where stage.Whole != stage.Reduced
            select $"{pair.First.Test.File}:{pair.First.Test.Stages[stage.Index].Line}: {pair.First.Test.Title}: {stage.Whole} with all rules, {stage.Reduced} with the reduced ones";
        return new(level, tests.Sum(test => test.Stages.Length), runs[0].Zip(runs[1]).Count(pair => pair.First.Passed && pair.Second.Passed), tests.Length, [.. different]);
    }

    private static string Seen(WafAnswer answer) =>
        $"{answer.Status?.ToString() ?? "no answer"} [{string.Join(' ', answer.Rules.Where(rule => rule is >= FirstRule and <= LastRule).Distinct().Order())}]";
}
