using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using AppStack.Operations.Benchmarks;
using AppStack.Operations.Status;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;
using AppStack.Testing;
using Spectre.Console;

namespace AppStack.Operations.Tests.Status;

public sealed partial class StatusTests
{
    [Fact]
    public void Boxes_stand_in_the_order_of_a_requests_way()
    {
        var way = StatusExamples.Whole.Way;

        Assert.Equal(["Citizens", "Routers", "Load balancers", "Servers", "Services", "Poolers", "Databases", "Backups"], way.Select(stage => stage.Title));
        Assert.Equal(["public", "edge-lb-1", "edge-lb-2"], way[2].Boxes.Select(box => box.Name));
        Assert.Equal(["nginx", "web-backend-1", "gov-worker-1", "gov-worker-2"], way[3].Boxes.Select(box => box.Name));
        Assert.Equal(["Control planes", "Monitoring"], StatusExamples.Whole.Beside.Select(stage => stage.Title));
        Assert.Equal(["main-db-2", "main-db-1", "main-db-3"], way[6].Boxes.Select(box => box.Name));
    }

    [Fact]
    public void A_platform_that_is_whole_is_ok_although_nobody_looks_at_what_is_not_deployed()
    {
        Assert.Equal(StatusState.Ok, StatusExamples.Whole.State);
        Assert.Empty(StatusExamples.Whole.Problems);
        Assert.Equal(StatusState.Unknown, Box(StatusExamples.Whole, "archive").State);
    }

    [Fact]
    public void A_check_that_is_off_and_an_alert_are_found_at_their_boxes()
    {
        var map = StatusExamples.Faulty;

        Assert.Equal(StatusState.Off, map.State);
        Assert.Equal(["ssh", "NodeDown"], Box(map, "edge-lb-2").Problems.Select(problem => problem.Name));
        Assert.Equal(["routes", "vip-ipv4-paths"], Box(map, "public").Problems.Select(problem => problem.Name).Order(StringComparer.Ordinal));
        Assert.Equal((StatusState.Warning, "ClientsWait"), (Box(map, "main-pooler-1").State, Box(map, "main-pooler-1").Problems.Single().Name));
        Assert.Equal("StandbyMissing", map.Way.Single(stage => stage.Title == "Databases").Problems.Single().Name);
        Assert.Equal("SomebodyElses", Assert.Single(map.Elsewhere).Name);
        Assert.Equal("./appstack db rejoin example --node main-db-1", Box(map, "main-db-1").Problems.Single().Remedy.Command);
        Assert.Equal("on gov-cp-1: /usr/local/sbin/appstack-kubernetes kubectl -n dilosi describe deployment dilosi", Box(map, "dilosi").Problems.Single().Remedy.Command);
    }

    [Fact]
    public void Routers_of_somebody_else_are_judged_by_the_sessions_with_them()
    {
        var environment = EnvironmentReader.ReadFile(Repository("stacks/environments/prod.example.yaml"));
        var map = StatusMap.Of(
            environment,
            new([new("bgp", "edge-lb-1", Ok: true, "leaf-ath-1: established") { About = "leaf-ath-1" }, new("bgp", "edge-lb-1", Ok: false, "leaf-ath-2: Active") { About = "leaf-ath-2" }], 1),
            StatusExamples.SeenAt);

        Assert.Equal((StatusState.Ok, StatusState.Off, StatusState.Unknown), (Box(map, "leaf-ath-1").State, Box(map, "leaf-ath-2").State, Box(map, "leaf-skg-1").State));
        Assert.Equal("Citizens", map.Way[0].Title);
    }

    [Fact]
    public void Nothing_seen_is_not_well() =>
        Assert.Equal(StatusState.Unknown, StatusMap.Of(StatusExamples.Environment, new([], 0), StatusExamples.SeenAt).State);

    [Fact]
    public void An_environment_without_clusters_and_monitoring_has_no_such_stages()
    {
        var environment = EnvironmentReader.Read(new StringReader(BenchDescriptor.Render(4000)), BenchDescriptor.Name, "bench.yaml");

        Assert.Equal(["Citizens", "Routers", "Load balancers", "Servers"], StatusMap.Of(environment, new([], 0), StatusExamples.SeenAt).Stages.Select(stage => stage.Title));
    }

    [Fact]
    public void Every_check_of_the_documentation_has_a_remedy_of_its_own()
    {
        var remedies = new StatusRemedies(StatusExamples.Environment);
        var names = File.ReadLines(Repository("docs/operations/verify.md")).TakeWhile(line => !line.StartsWith("##", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => NamePattern().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value)).ToList();

        Assert.Contains("drift", names);
        Assert.All(names, name => Assert.DoesNotContain("see what verify says", remedies.Of(new VerifyCheck(name, "gov-cp-1", Ok: false, "")).Advice, StringComparison.Ordinal));
    }

    [Fact]
    public void Runbooks_are_there()
    {
        var remedies = new StatusRemedies(StatusExamples.Environment);
        string[] names = ["ssh", "units", "bgp", "bfd", "routes", "servers", "vip-ipv4", "topology", "postgres", "replication", "slots", "wraparound", "disk", "archive", "backup", "pooler", "version", "rules", "targets", "alertmanager", "drift", "nodes", "workload"];
        Assert.All(names.Select(name => remedies.Of(new VerifyCheck(name, "gov-cp-1", Ok: false, "")).Runbook.Split('#')), place =>
        {
            var headings = File.ReadLines(Repository(place[0])).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-'));
            Assert.True(place.Length == 1 || headings.Contains(place[1]), string.Join('#', place));
        });
    }

    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    public void The_terminals_map(int width)
    {
        foreach (var (name, map) in Maps)
        {
            Snapshot.Verify(Draw(map, width), "txt", $"{name}.{width}");
        }
    }

    [Fact]
    public void The_page()
    {
        foreach (var (name, map) in Maps)
        {
            Snapshot.Verify(StatusPage.Render(map), "html", name);
        }
    }

    [Fact]
    public void A_page_that_is_watched_reloads_itself()
    {
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"5\">", StatusPage.Render(StatusExamples.Whole, StatusCommand.Interval), StringComparison.Ordinal);
        Assert.DoesNotContain("refresh", StatusPage.Render(StatusExamples.Whole), StringComparison.Ordinal);
    }

    [Fact]
    public void Json()
    {
        Snapshot.Verify(StatusJson.Write(StatusExamples.Faulty), "json");
        var line = StatusJson.Write(StatusExamples.Whole, indented: false);
        Assert.DoesNotContain('\n', line);
        using var document = JsonDocument.Parse(line);
        Assert.True(document.RootElement.GetProperty("ok").GetBoolean());
    }

    internal static StatusBox Box(StatusMap map, string name) => map.Stages.SelectMany(stage => stage.Boxes).Single(box => box.Name == name);

    private static (string Name, StatusMap Map)[] Maps => [("whole", StatusExamples.Whole), ("faulty", StatusExamples.Faulty)];

    private static string Draw(StatusMap map, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        StatusText.Write(console, map);
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }

    internal static string Repository(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../..", path);

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex NamePattern();
}
