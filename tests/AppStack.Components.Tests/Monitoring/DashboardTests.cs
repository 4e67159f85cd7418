using System.Globalization;
using System.Text;
using System.Text.Json;
using AppStack.Components.Monitoring;
using AppStack.Testing;

namespace AppStack.Components.Tests.Monitoring;

public sealed class DashboardTests
{
    [Fact]
    public void Dashboards_of_Grafana()
    {
        foreach (var dashboard in PlatformDashboards.All)
        {
            var json = GrafanaRenderer.Render(dashboard);

            using var document = JsonDocument.Parse(json);
            Snapshot.Verify(json, "json", dashboard.Name);
        }
    }

    [Fact]
    public void Console_pages()
    {
        foreach (var page in ConsoleRenderer.Pages("example", PlatformDashboards.All))
        {
            Snapshot.Verify(page.Content, "html", Path.GetFileNameWithoutExtension(page.Name));
        }
    }

    [Fact]
    public void A_variable_that_is_not_declared_is_refused()
    {
        var dashboard = PlatformDashboards.All[0] with { Variables = [] };

        Assert.Contains("cluster", Assert.Throws<ArgumentException>(() => ConsoleRenderer.Pages("example", [dashboard])).Message, StringComparison.Ordinal);
    }

    [PrometheusFact]
    public void Every_expression_is_PromQL()
    {
        using var tool = new Tool();
        var text = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        foreach (var (query, i) in PlatformDashboards.All.SelectMany(dashboard => dashboard.Rows).SelectMany(row => row.Panels).SelectMany(panel => panel.Queries).Select((query, i) => (query, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"      - record: query_{i}\n        expr: |-\n          {query.Expression.ReplaceLineEndings(" ")}\n");
        }

        tool.Run($"promtool check rules {tool.Write("dashboards.yml", text.ToString())}");
    }

    [PrometheusFact]
    public async Task Prometheus_fills_in_every_page()
    {
        await using var prometheus = await RunningPrometheus.StartAsync();

        foreach (var page in ConsoleRenderer.Pages("example", PlatformDashboards.All))
        {
            var text = await prometheus.GetAsync($"consoles/{page.Name}?cluster=it%22s");

            Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        }

        // What pages need of Prometheus itself.
        foreach (var script in new[] { "d3/d3.min.js", "rickshaw/rickshaw.min.js", "jquery/jquery.min.js", "js/prom_console.js", "css/prom_console.css", "rickshaw/rickshaw.min.css" })
        {
            Assert.NotEmpty(await prometheus.GetAsync($"classic/static/{script}"));
        }
    }
}
