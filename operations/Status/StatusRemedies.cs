using AppStack.Components.Kubernetes.Cluster;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Status;

/// <summary>What to do first about each check that is off, and about alerts. The runbooks say more.</summary>
internal sealed class StatusRemedies(EnvironmentSpec environment)
{
    private const string Verify = "docs/operations/verify.md#when-something-is-off";
    private const string Alerts = "docs/operations/alerts.md";
    private const string Kubernetes = "docs/components/kubernetes.md";

    /// <summary>What to do about a check.</summary>
    /// <param name="check">A check that is off.</param>
    public StatusRemedy Of(VerifyCheck check) => check.Name switch
    {
        "ssh" when environment.Lab is not null => new("a machine that is off is started again", Up, $"{Alerts}#nodedown"),
        "ssh" => new("is it on? Look at its console. A host key that has changed is not accepted silently", "", $"{Alerts}#nodedown"),
        "units" => On(check, "journalctl -p warning -b", "a daemon has failed, and says why", $"{Alerts}#unitfailed"),
        "bgp" => On(check, "birdc show protocols all", "the configuration or the firewall of one of the two sides", $"{Alerts}#bgpsessiondown"),
        "bfd" => On(check, "birdc show bfd sessions", "with BGP established: UDP 3784 is filtered between the two", Verify),
        "routes" => new("a load balancer that is missing is drained, or has withdrawn the address: ask there", "appstack-lb status", Verify),
        "vip-address" => On(check, "appstack-lb status", "the address is taken away while the load balancer finds no server", Verify),
        "servers" => new("health checks of the servers that are named fail: go on with their boxes", "", $"{Alerts}#backendserverdown"),
        "vip-ipv4" or "vip-ipv6" => new("follow the way: the first box that is off", "", $"{Alerts}#nobackendserver"),
        "vip-ipv4-paths" or "vip-ipv6-paths" => new("a load balancer that does not answer is drained, or has withdrawn the address: ask there", "appstack-lb status", Verify),
        "topology" when check.Detail.Contains("it is held", StringComparison.Ordinal) =>
            new("its data cannot be used as they are; --rebuild discards them", $"./appstack db rejoin {environment.Name}{ClusterOf(check)} --node {check.Node}", Verify),
        "topology" => new("who votes for whom, and what holds nodes back", $"./appstack db status {environment.Name}{ClusterOf(check)}", $"{Alerts}#noleader"),
        "postgres" => On(check, "journalctl -u appstack-pg-guard -u postgresql@15-main", "PostgreSQL and its guard say why", $"{Alerts}#databasedown"),
        "replication" => new("who streams, and how far behind", $"./appstack db status {environment.Name}{ClusterOf(check)}", $"{Alerts}#standbymissing"),
        "slots" => new("bring the standby back, or take the node out of the environment", $"./appstack db status {environment.Name}{ClusterOf(check)}", $"{Alerts}#slotkeepswal"),
        "wraparound" => new("old transactions, prepared ones or slots keep vacuum from freezing", $"./appstack db psql {environment.Name}{ClusterOf(check)}", $"{Alerts}#transactionsnotfrozen"),
        "disk" => On(check, "du -x --max-depth=2 / | sort -n | tail", "what needs the room; on database nodes WAL first", $"{Alerts}#diskfull"),
        "archive" => On(check, "journalctl -u appstack-pgbackrest", "WAL does not reach the backup node, or is not taken there", $"{Alerts}#walnotarchived"),
        "backup" => On(check, "journalctl -u 'appstack-backup@*'", "why the last one was not made", Verify),
        "pooler" => On(check, "journalctl -u pgbouncer -u appstack-pooler", "PgBouncer does not run, or nobody leads", $"{Alerts}#poolerdown"),
        "login" => On(check, "journalctl -u pgbouncer -u appstack-pooler", "services get in no better: the check says what they are told, PgBouncer's log why", Verify),
        "version" => On(check, "apt-get update && apt-cache policy pgbouncer 'postgresql-[0-9]*'", "a version with known holes runs: `package` in the descriptor for PostgreSQL, an update of the node's package for PgBouncer", Verify),
        "prometheus" or "rules" => On(check, "journalctl -u prometheus", "Prometheus says what it does not like", $"{Alerts}#rulesfail"),
        "targets" => new("the node's daemon, its exporter or its door does not run", "", $"{Alerts}#exporterdown"),
        "alertmanager" => On(check, "journalctl -u prometheus-alertmanager", "alerts do not arrive", $"{Alerts}#alertsnotdelivered"),
        "drift" => new("somebody changed the node by hand: put it back, then find out who and why", $"./appstack repair {environment.Name}", Verify),
        "kubernetes" or "nodes" or "components" or "etcd" => On(check, $"{KubernetesPaths.Tool} status", "what the cluster says of itself", Kubernetes),
        "system-pods" => On(check, $"{KubernetesPaths.Kubectl} -n kube-system get pods -o wide", "which pods do not run", Kubernetes),
        "workload" => On(check, Describe(check), "its events say what it waits for", Kubernetes),
        "route" => On(check, $"{KubernetesPaths.Kubectl} -n ingress get configmaps -l ingress.appstack.dev/kind=route -o yaml", "each node of the ingress says why it does not serve it", "docs/components/ingress.md"),
        "service" => new("its pods, its certificate, or the way to it: the boxes before it say which", $"./appstack status {environment.Name}", Verify),
        "certificates" when check.Detail.Contains("`appstack up`", StringComparison.Ordinal) => new("new ones are issued by an up", Up, $"{Alerts}#nodecertificateends"),
        "certificates" => On(check, $"{KubernetesPaths.Tool} renew --now", "new certificates; on a control plane", Kubernetes),
        "etcd-snapshot" => On(check, "journalctl -u appstack-etcd-snapshot", "why the last one was not made", Kubernetes),
        _ => new("see what verify says", $"./appstack verify {environment.Name}", Verify),
    };

    /// <summary>What to do about an alert.</summary>
    /// <param name="alert">The alert.</param>
    public StatusRemedy Of(RaisedAlert alert) => new(
        "the runbook says what to do first",
        "",
        alert.Runbook.Length > 0 ? alert.Runbook : $"{Alerts}#{alert.Name.ToLowerInvariant()}");

    private string Up => $"./appstack up {environment.Name}";

    private static StatusRemedy On(VerifyCheck check, string command, string advice, string runbook) => new(advice, $"on {check.Node}: {command}", runbook);

    private static string Describe(VerifyCheck check) => check.About?.Split('/') is [var kind, var space, var name]
        ? $"{KubernetesPaths.Kubectl} -n {space} describe {kind} {name}"
        : $"{KubernetesPaths.Kubectl} get pods -A";

    // Commands want it where there are several.
    private string ClusterOf(VerifyCheck check) =>
        environment.Databases.Length > 1 && environment.Nodes.FirstOrDefault(node => node.Name == check.Node && node.Role is NodeRole.Database or NodeRole.Witness) is { } node ? $" {node.Cluster}" : "";
}
