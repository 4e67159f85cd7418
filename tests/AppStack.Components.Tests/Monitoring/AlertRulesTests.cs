using System.Runtime.CompilerServices;
using AppStack.Components.Monitoring;
using AppStack.Testing;

namespace AppStack.Components.Tests.Monitoring;

public sealed class AlertRulesTests
{
    [Fact]
    public void Files_of_rules()
    {
        foreach (var group in AlertRules.All)
        {
            Snapshot.Verify(AlertRulesRenderer.Render(group), "yaml", group.Name);
        }
    }

    [PrometheusFact]
    public void Rules_raise_what_they_should_and_nothing_else()
    {
        using var tool = new Tool();
        foreach (var group in AlertRules.All)
        {
            tool.Write($"{group.Name}.yml", AlertRulesRenderer.Render(group));
            var test = tool.Write($"{group.Name}.test.yml", File.ReadAllText(TestOf(group)));
            tool.Run($"promtool test rules {test}");
        }
    }

    [Fact]
    public void Every_rule_is_tested_and_has_a_runbook()
    {
        var runbooks = File.ReadAllLines(Path.Combine(Here(), "../../../docs/operations/alerts.md")).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ')).ToHashSet(StringComparer.Ordinal);
        foreach (var group in AlertRules.All)
        {
            var test = File.ReadAllText(TestOf(group));
            Assert.All(group.Rules, rule => Assert.Contains($"alertname: {rule.Name}\n", test, StringComparison.Ordinal));
            Assert.All(group.Rules, rule => Assert.Contains(rule.Name, runbooks));
        }
    }

    [Fact]
    public void Names_are_unique() => Assert.Distinct(AlertRules.All.SelectMany(group => group.Rules).Select(rule => rule.Name));

    private static string TestOf(AlertRuleGroup group) => Path.Combine(Here(), "Rules", $"{group.Name}.test.yaml");

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
