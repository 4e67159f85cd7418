using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Monitoring;
using AppStack.Operations.Verification;
using AppStack.Stacks;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Operations.Status;

/// <summary>Sorts what was seen into the boxes of the map. Pure.</summary>
internal sealed class StatusMapBuilder(EnvironmentSpec environment, VerifyReport report)
{
    // By the groups of alert rules: where an alert about more than one node belongs.
    private static readonly Dictionary<string, string> GroupOf =
        AlertRules.All.SelectMany(group => group.Rules.Select(rule => (rule.Name, Group: group.Name))).ToDictionary(found => found.Name, found => found.Group, StringComparer.Ordinal);

    private readonly StatusRemedies _remedies = new(environment);
    private readonly Dictionary<string, PlatformNode> _nodes = PlatformMap.Of(environment).Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);

    public StatusMap Build(DateTimeOffset seenAt)
    {
        var way = Shown(
        [
            ("clients", new("Citizens", "", Citizens())),
            ("routers", new("Routers", "to a virtual address", [.. Nodes(NodeRole.Router), .. Neighbours()])),
            ("edge", new("Load balancers", "BGP, one next hop each", [.. VirtualAddresses(), .. Nodes(NodeRole.LoadBalancer)])),
            ("ingress", new("Servers", "TCP with the PROXY protocol", [.. Workloads("daemonset", "on every worker"), .. Nodes(NodeRole.Backend), .. Nodes(NodeRole.Worker)])),
            ("services", new("Services", "HTTP", Services())),
            ("poolers", new("Poolers", "SQL over TLS", Nodes(NodeRole.Pooler))),
            ("databases", new("Databases", "to whoever leads", [.. Nodes(NodeRole.Database).OrderBy(box => box.Now != "leader"), .. Nodes(NodeRole.Witness)])),
            ("backups", new("Backups", "WAL, and copies by timers", [.. Nodes(NodeRole.Backup), .. Nodes(NodeRole.Restore)])),
        ]);
        var beside = Shown(
        [
            ("kubernetes", new("Control planes", "", Nodes(NodeRole.ControlPlane))),
            ("registry", new("Registry", "images, for clusters to fetch", Nodes(NodeRole.Registry))),
            ("monitoring", new("Monitoring", "", Nodes(NodeRole.Monitoring))),
        ]);
        var groups = way.Concat(beside).Select(stage => stage.Group).ToHashSet(StringComparer.Ordinal);
        return new StatusMap
        {
            Environment = environment.Name,
            Description = environment.Description,
            SeenAt = seenAt,
            Ms = report.Ms,
            Way = [.. way.Select(found => found.Stage)],
            Beside = [.. beside.Select(found => found.Stage)],
            Elsewhere = Problems(report.Alerts.Where(alert => !_nodes.ContainsKey(alert.Node) && !groups.Contains(Group(alert)))),
            Checks = report.Checks.Count,
            ChecksOff = report.Off.Count(),
            Alerts = environment.Monitoring is null ? null : report.Alerts.Count,
        };
    }

    private static string Group(RaisedAlert alert) => GroupOf.GetValueOrDefault(alert.Name, "");

    private List<(string Group, StatusStage Stage)> Shown(IEnumerable<(string Group, StatusStage Stage)> stages) =>
    [
        .. stages.Where(found => !found.Stage.Boxes.IsEmpty)
            .Select(found => (found.Group, found.Stage with { Problems = Problems(report.Alerts.Where(alert => !_nodes.ContainsKey(alert.Node) && Group(alert) == found.Group)) })),
    ];

    private ImmutableArray<StatusBox> Citizens() => Nodes(NodeRole.Client) is { IsEmpty: false } clients
        ? clients
        : environment.Edge is null ? [] : [new() { Name = "citizens", Kind = "everybody", Runs = "no node looks from outside; one with the role client would" }];

    private ImmutableArray<StatusBox> Nodes(NodeRole role) => [.. environment.NodesOf(role).Select(Node)];

    private StatusBox Node(NodeSpec node)
    {
        var place = _nodes[node.Name];
        // What a control plane says of workloads is about them, and stands at their boxes.
        var checks = report.Checks.Where(check => check.Node == node.Name && check.Name != "workload").ToImmutableArray();
        return Box(place.Name, Words.Of(node.Role).Replace('-', ' '), place.Runs, checks, report.Alerts.Where(alert => alert.Node == node.Name)) with
        {
            Addresses = place.Addresses,
            Place = place.Place,
            Now = checks.Select(check => check.Now).FirstOrDefault(now => now is not null) ?? "",
        };
    }

    // Routers of somebody else: what load balancers say of their sessions with them.
    private IEnumerable<StatusBox> Neighbours() => environment.Edge?.Bgp.Neighbours.Where(neighbour => neighbour.Node is null).Select(neighbour =>
        Box(neighbour.Name, "router", $"AS {neighbour.Asn}, not ours", About(neighbour.Name)) with { Addresses = Join(neighbour.V4, neighbour.V6), Place = neighbour.Site ?? "" }) ?? [];

    private IEnumerable<StatusBox> VirtualAddresses() => environment.Edge?.Vips.Select(vip =>
        Box(vip.Name, "virtual address", Purpose(environment.Edge, vip), About(vip.V4.ToString(), vip.V6?.ToString())) with { Addresses = Join(vip.V4, vip.V6) }) ?? [];

    private string Purpose(EdgeSpec edge, VipSpec vip)
    {
        var frontends = edge.Frontends.Where(frontend => frontend.Vip == vip).Select(frontend => string.Create(CultureInfo.InvariantCulture, $"port {frontend.Port} to {frontend.Backend}"))
            .Concat(environment.Clusters.Where(cluster => cluster.ApiVip == vip).Select(cluster => $"the API of {cluster.Name}"));
        return string.Join(", ", frontends.DefaultIfEmpty("nothing yet"));
    }

    // What the clusters run, and what the descriptor says that they shall.
    private ImmutableArray<StatusBox> Services()
    {
        var running = Workloads("deployment", "").ToImmutableArray();
        var missing = environment.Databases.SelectMany(database => database.Services.Select(service => (database, service)))
            .Where(found => environment.Clusters.Length > 0 && running.All(box => box.Name != found.service.Name))
            .Select(found => new StatusBox { Name = found.service.Name, Kind = "service", Runs = $"not deployed; its database in {found.database.Name} is there" });
        return [.. running, .. missing];
    }

    // Several control planes say the same; what the first one says that is off counts.
    private IEnumerable<StatusBox> Workloads(string kind, string runs) => report.Checks
        .Where(check => check.About?.StartsWith($"{kind}/", StringComparison.Ordinal) == true)
        .GroupBy(check => check.About!, StringComparer.Ordinal)
        .Select(same => (Path: same.Key.Split('/'), Check: same.OrderBy(check => check.Ok).First()))
        .Select(found => Box(found.Path[2], kind == "deployment" ? "service" : "ingress", runs.Length > 0 ? runs : $"pods in the namespace {found.Path[1]}", [found.Check]) with { Now = found.Check.Now ?? "" });

    private ImmutableArray<VerifyCheck> About(params string?[] subjects) => [.. report.Checks.Where(check => check.About is not null && subjects.Contains(check.About))];

    private StatusBox Box(string name, string kind, string runs, ImmutableArray<VerifyCheck> checks, IEnumerable<RaisedAlert>? alerts = null) => new()
    {
        Name = name,
        Kind = kind,
        Runs = runs,
        Checks = checks,
        Problems = [.. checks.Where(check => !check.Ok).Select(Problem), .. Problems(alerts ?? [])],
    };

    private StatusProblem Problem(VerifyCheck check) => new(check.Name, IsAlert: false, StatusState.Off, check.Detail, _remedies.Of(check));

    private ImmutableArray<StatusProblem> Problems(IEnumerable<RaisedAlert> alerts) =>
    [
        .. alerts.Select(alert => new StatusProblem(alert.Name, IsAlert: true, alert.Severity == AlertSeverity.Critical ? StatusState.Off : StatusState.Warning, alert.Summary, _remedies.Of(alert)))
            .OrderByDescending(problem => problem.State),
    ];

    private static string Join(params object?[] addresses) => string.Join(' ', addresses.OfType<object>());
}
