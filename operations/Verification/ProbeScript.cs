using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Verification;

/// <summary>
/// Renders the one script that gathers everything about a node: one SSH round trip per node, whatever is looked at. Each command's
/// output stands between <c>@@section NAME</c> and <c>@@exit CODE</c>; nothing is judged on the node.
/// </summary>
internal static class ProbeScript
{
    public const string Units = "units";
    public const string Bgp = "bgp";
    public const string Bfd = "bfd";
    public const string LocalAddresses = "addresses";
    public const string HAProxyServers = "haproxy";
    public const string Kubernetes = "kubernetes";
    public const string Drift = "drift";
    public const string Certificates = "certificates";
    public const string Database = "database";
    public const string Pooler = "pooler";
    public const string PoolerVersion = "pooler version";
    public const string PoolerLogin = "pooler login";
    public const string Backups = "backups";
    public const string BackupTimers = "backup timers";
    public const string Prometheus = "prometheus";
    public const string Targets = "targets";
    public const string Rules = "rules";
    public const string Watchdog = "watchdog";

    private const int HttpsPort = 443;

    private const string DriftEnd = "APPSTACK_DRIFT_CHECK_END";

    /// <summary>
    /// Requests per load balancer that a client sends to see whether each of them answers. The router spreads connections by a hash;
    /// with 24 requests and two load balancers one of them is missed by chance once in 8 million runs.
    /// </summary>
    private const int RequestsPerLoadBalancer = 12;

    /// <summary>The name of the section with the router's routes to an address.</summary>
    public static string Routes(IPAddress destination) => $"routes {destination}";

    /// <summary>What a client asks a frontend for.</summary>
    public static string Url(IPEndPoint frontend) => $"{(frontend.Port == HttpsPort ? "https" : "http")}://{frontend}/";

    /// <summary>The name of the section with the answers of a frontend.</summary>
    public static string Answers(IPEndPoint frontend) => $"answers {frontend}";

    /// <summary>Renders the script for bash.</summary>
    public static string Render(NodeExpectation node)
    {
        var script = new StringBuilder("cd /\n");
        script.Append("section() { printf '@@section %s\\n' \"$1\"; shift; \"$@\" 2>&1 </dev/null; printf '\\n@@exit %s\\n' \"$?\"; }\n");
        if (node.Units.Count > 0)
        {
            Section(script, Units, $"systemctl show --property=Id,ActiveState,SubState,Result {string.Join(' ', node.Units)}");
        }

        if (node.Neighbours.Count > 0)
        {
            Section(script, Bgp, "birdc show protocols all");
            Section(script, Bfd, "birdc show bfd sessions");
        }

        switch (node.Role)
        {
            case NodeRole.Router:
                foreach (var address in node.VirtualAddresses)
                {
                    Section(script, Routes(address), $"ip {Family(address)} -j route show {address}");
                }

                break;
            case NodeRole.LoadBalancer:
                Section(script, LocalAddresses, "ip -j address show");
                script.Append("servers() { perl -MIO::Socket::UNIX -e '$s = IO::Socket::UNIX->new(Peer => \"/run/haproxy/admin.sock\") " +
                    "or die \"haproxy: no answer on its socket: $!\\n\"; print $s \"show stat\\n\"; print while <$s>'; }\n");
                Section(script, HAProxyServers, "servers");
                break;
            case NodeRole.ControlPlane or NodeRole.Worker:
                Section(script, Kubernetes, $"{KubernetesPaths.Tool} status");
                break;
            case NodeRole.Database or NodeRole.Witness:
                Section(script, Database, $"{PostgresPaths.Tool} report");
                break;
            case NodeRole.Backup:
                Section(script, Backups, $"{BackupPaths.Tool} status");
                Section(script, BackupTimers, "systemctl show --timestamp=unix --property=Id,ActiveState,Result,LastTriggerUSec 'appstack-backup-*.timer' 'appstack-backup@*.service'");
                break;
            case NodeRole.Pooler:
                Section(script, Pooler, $"{PgBouncerPaths.Tool} status");
                Section(script, PoolerVersion, "dpkg-query --show --showformat '${Version}' pgbouncer");
                if (node.Endpoints.Count > 0)
                {
                    Section(script, PoolerLogin, $"cat {PgBouncerPaths.Verification} {PgBouncerPaths.Authority}");
                }

                break;
            default:
                break;
        }

        if (node.Monitoring is { } monitoring)
        {
            Monitoring(script, monitoring);
        }

        foreach (var frontend in node.Frontends)
        {
            var requests = RequestsPerLoadBalancer * Math.Max(1, node.NextHops.Count);
            // A connection for each request, which HTTP/2 would not know how to ask for: it is connections that routers spread.
            Section(script, Answers(frontend), "curl --silent --globoff --connect-timeout 2 --max-time 5 --http1.1 --header 'Connection: close' " +
                "--write-out '%{http_code}|%{time_total}|%header{x-load-balancer}|%header{x-backend}\\n' " +
                // Of an address no certificate is valid; that of a host is its service's matter.
                $"{(frontend.Port == HttpsPort ? "--insecure " : "")}$(for i in $(seq {requests}); do echo --output /dev/null {Url(frontend)}; done)");
        }

        if (node.Units.Count > 0)
        {
            script.Append("certificates() { date -u \"+%b %e %T %Y GMT " + CertificateEvaluator.Now + "\"; find /etc/appstack -name '*.crt' 2>/dev/null | sort | while read -r file; do ")
                .Append("echo \"$(openssl x509 -noout -enddate -in \"$file\" | cut -d= -f2) $file\"; done; }\n");
            Section(script, Certificates, "certificates");
            script.Append($"drift() {{ perl - <<'{DriftEnd}'\n{DriftCheck.Script.TrimEnd('\n')}\n{DriftEnd}\n}}\n");
            script.Append($"printf '@@section {Drift}\\n'; drift 2>&1; printf '\\n@@exit %s\\n' \"$?\"\n");
        }

        return script.ToString();
    }

    // A Prometheus that has just been started, and a node that has just come back, need a moment: answers are asked for again until they are complete.
    private static void Monitoring(StringBuilder script, MonitoringExpectation monitoring)
    {
        const string Curl = "curl --silent --show-error --fail --globoff --max-time 5";
        script.Append(CultureInfo.InvariantCulture, $"patiently() {{ local want=$1 text=$2 answer; while :; do ")
            .Append(CultureInfo.InvariantCulture, $"answer=$({Curl} \"$3\") || return; [ \"$(grep -o \"$text\" <<<\"$answer\" | wc -l)\" -lt \"$want\" ] && [ $SECONDS -lt {monitoring.Patience.TotalSeconds:0} ] || break; sleep 0.5; done; printf '%s\\n' \"$answer\"; }}\n");
        Section(script, Prometheus, $"{Curl} {monitoring.Prometheus}-/healthy");
        Section(script, Targets, string.Create(CultureInfo.InvariantCulture, $"patiently {monitoring.Targets.Count} '\"health\":\"up\"' '{monitoring.Prometheus}api/v1/targets?state=active'"));
        Section(script, Rules, $"{Curl} '{monitoring.Prometheus}api/v1/rules?type=alert'");
        Section(script, Watchdog, $"patiently 1 '\"severity\":\"none\"' '{monitoring.Alertmanager}api/v2/alerts?active=true'");
    }

    private static void Section(StringBuilder script, string name, string command) => script.Append($"section '{name}' {command}\n");

    private static string Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "-6" : "-4";
}
