using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AppStack.Components.Nodes;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>
/// Renders a node's exporters and the door in front of them (exporter_exporter): exporters listen on the loopback address; the door is the
/// one port for metrics, speaks TLS, and opens for the reader's certificate only. The firewall of the node's role lets nobody else come near.
/// </summary>
public static class NodeMetricsRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "metrics";

    /// <summary>The path under which the door shows metrics; <c>module</c> says which.</summary>
    public const string Path = "/proxy";

    private const string Package = "prometheus-exporter-exporter";
    private const string Unit = $"{Package}.service";
    private const string Folder = "/etc/appstack/metrics";
    private const string Configuration = "/etc/prometheus/exporter-exporter.yml";
    private const string Owner = $"{ExporterCatalog.User}:{ExporterCatalog.User}";

    /// <summary>The bundle of a node.</summary>
    /// <param name="spec">What it shows; must be valid.</param>
    /// <param name="identity">Its certificate.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(NodeMetricsSpec spec, MetricsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(identity);
        var own = spec.Exporters.Select(exporter => (Name: exporter.Job, Definition: ExporterCatalog.Of(exporter.Kind))).Where(found => found.Definition.Unit is not null).ToList();
        return new()
        {
            Role = Role,
            Packages = [.. Packages(spec.Exporters.Select(exporter => exporter.Kind)).Select(name => new BundlePackage(name))],
            Directories = [new(Folder)],
            Files =
            [
                .. own.SelectMany(found => found.Definition.Files.Select(file => file with { Group = found.Name })),
                new() { Path = Configuration, Content = Modules(spec), Group = "door" },
                new() { Path = $"/etc/default/{Package}", Content = $"# Written by AppStack: changes are overwritten.\nARGS='{Arguments(spec)}'\n", Group = "door" },
                new() { Path = $"/etc/systemd/system/{Unit}.d/appstack.conf", Content = ExporterCatalog.DropIn, Group = "door" },
                new() { Path = $"{Folder}/ca.crt", Content = identity.Authority, Group = "door" },
                new() { Path = $"{Folder}/node.crt", Content = identity.Certificate, Group = "door" },
                new() { Path = $"{Folder}/node.key", Content = identity.PrivateKey, Owner = Owner, Mode = "0600", Secret = true, Group = "door" },
            ],
            FileGroups =
            [
                .. own.Select(found => new BundleFileGroup { Name = found.Name, Activation = BundleActivation.Restart(found.Definition.Unit!) }),
                new() { Name = "door", Activation = BundleActivation.Restart(Unit) },
            ],
            Units = [.. own.Select(found => new BundleUnit(found.Definition.Unit!)), new(Unit)],
        };
    }

    /// <summary>The Debian packages of a node that shows these kinds.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <returns>The packages' names, in order.</returns>
    public static ImmutableArray<string> Packages(IEnumerable<ExporterKind> kinds) =>
        [.. kinds.Distinct().Select(kind => ExporterCatalog.Of(kind).Package).OfType<string>().Append(Package).Order(StringComparer.Ordinal)];

    /// <summary>The units that must run on a node that shows these kinds.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <returns>Full names of units.</returns>
    public static ImmutableArray<string> Units(IEnumerable<ExporterKind> kinds) => [.. kinds.Distinct().Select(kind => ExporterCatalog.Of(kind).Unit).OfType<string>().Append(Unit)];

    // Answers are passed on as they are: reading them here, too, would double the cost of every look.
    private static string Modules(NodeMetricsSpec spec)
    {
        var text = new StringBuilder("# What can be seen of this node; written by AppStack: changes are overwritten.\nmodules:\n");
        foreach (var exporter in spec.Exporters.Where(exporter => exporter.IsModule))
        {
            var definition = ExporterCatalog.Of(exporter.Kind);
            text.Append(CultureInfo.InvariantCulture, $$"""
                  {{exporter.Module}}:
                    method: http
                    http: { address: "{{Cidr.Bracketed(exporter.Address)}}", port: {{definition.Port}}, path: {{definition.Path}}, verify: false{{Tls(definition.Tls)}} }

                """);
        }

        return text.ToString();
    }

    private static string Tls(ExporterTls? tls) => tls is null ? ""
        : $", scheme: https, tls_cert_file: {tls.Certificate}, tls_key_file: {tls.PrivateKey}, tls_insecure_skip_verify: true";

    private static string Arguments(NodeMetricsSpec spec) => string.Join(
        ' ',
        $"-config.file={Configuration}",
        "-web.listen-address=",
        $"-web.proxy-path={Path}",
        string.Create(CultureInfo.InvariantCulture, $"-web.tls.listen-address={Cidr.Bracketed(spec.Address)}:{AccessSpec.MetricsPort}"),
        $"-web.tls.cert={Folder}/node.crt",
        $"-web.tls.key={Folder}/node.key",
        $"-web.tls.ca={Folder}/ca.crt",
        "-web.tls.verify",
        $"-web.tls.certmatch=^{NodeMetricsSpec.Reader}$");
}
