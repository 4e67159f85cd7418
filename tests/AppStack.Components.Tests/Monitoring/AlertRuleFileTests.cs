using AppStack.Components.Monitoring;
using AppStack.Components.Services;
using AppStack.Testing;

namespace AppStack.Components.Tests.Monitoring;

public sealed class AlertRuleFileTests
{
    private static readonly ServiceSpec Benefits = new()
    {
        Name = "benefits",
        Team = "benefits-team",
        Version = "1",
        Image = "registry.example/benefits:1",
        Alerts =
        [
            new() { Name = "TooFewDocuments", Expression = "sum(rate(benefits_granted_total[5m])) == 0", For = TimeSpan.FromMinutes(5), Severity = AlertSeverity.Warning, Summary = "nobody gets \"anything\"", Runbook = "stacks/services/benefits/service.yaml" },
            new() { Name = "AnswersSlowly", Expression = "benefits_seconds\n  > 1", Severity = AlertSeverity.Critical, Summary = "{{ $value }} s" },
        ],
    };

    [Fact]
    public void The_file_of_a_service_says_whose_it_is() => Snapshot.Verify(AlertRulesRenderer.Render(Benefits.AlertGroup), "yaml");

    [PrometheusFact]
    public void Prometheus_reads_it()
    {
        using var tool = new Tool();
        tool.Run($"promtool check rules {tool.Write("service.yml", AlertRulesRenderer.Render(Benefits.AlertGroup))}");
    }

    [Fact]
    public void Names_of_the_platform_and_names_twice_are_refused() => Assert.Equal(
        [
            "[0].name: 'NodeDown' is an alert of the platform; take another name",
            "[1].name: 'not so' is not the name of an alert; use letters and digits, beginning with a capital letter: TooFewDocuments",
            "[2].name: 'NodeDown' is the name of an alert above already",
            "[2].name: 'NodeDown' is an alert of the platform; take another name",
            "[2].expression: is empty; nothing would ever be raised",
            "[2].summary: is empty; nobody would know what is wrong",
            "[2].for: -00:00:01 is no time to wait; use 0s to 7d",
        ],
        AlertRuleValidator.Validate(
        [
            Benefits.Alerts[0] with { Name = "NodeDown" },
            Benefits.Alerts[0] with { Name = "not so" },
            new() { Name = "NodeDown", Expression = " ", Severity = AlertSeverity.Warning, Summary = "", For = TimeSpan.FromSeconds(-1) },
        ]).Select(problem => problem.ToString()));
}
