using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>Finds what is wrong with alert rules that others than the platform declare. Whether an expression is one, <c>promtool</c> says.</summary>
public static partial class AlertRuleValidator
{
    /// <summary>Checks rules; paths of problems are those of a list of rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(IReadOnlyList<AlertRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var problems = new NetworkProblems();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var platform = AlertRules.All.SelectMany(group => group.Rules).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            var (path, rule) = ($"[{i}]", rules[i]);
            problems.AddIf(!Name().IsMatch(rule.Name), $"{path}.name", $"'{rule.Name}' is not the name of an alert; use letters and digits, beginning with a capital letter: TooFewDocuments");
            problems.AddIf(!seen.Add(rule.Name), $"{path}.name", $"'{rule.Name}' is the name of an alert above already");
            problems.AddIf(platform.Contains(rule.Name), $"{path}.name", $"'{rule.Name}' is an alert of the platform; take another name");
            problems.AddIf(string.IsNullOrWhiteSpace(rule.Expression), $"{path}.expression", "is empty; nothing would ever be raised");
            problems.AddIf(string.IsNullOrWhiteSpace(rule.Summary), $"{path}.summary", "is empty; nobody would know what is wrong");
            problems.AddIf(rule.For < TimeSpan.Zero || rule.For > TimeSpan.FromDays(7), $"{path}.for", $"{rule.For} is no time to wait; use 0s to 7d");
        }

        return problems.All;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]{0,62}\z")]
    private static partial Regex Name();
}
