using System.Collections.Immutable;
using AppStack.Stacks.Environments;

namespace AppStack.Stacks.Services;

/// <summary>How a service is called once it is deployed.</summary>
public static class ServiceHints
{
    private const string AuthorityFile = "ca.crt";

    /// <summary>Commands to try: one for each host, through the virtual address that leads to the ingress, as names need no DNS so.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="plan">The service.</param>
    /// <returns>The commands; none when no virtual address leads to the cluster's ingress.</returns>
    public static ImmutableArray<PlatformHint> Of(EnvironmentSpec environment, ServicePlan plan)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(plan);
        var hints = ImmutableArray.CreateBuilder<PlatformHint>();
        foreach (var route in plan.Spec.Routes)
        {
            var tls = route.Tls is not null;
            var backend = tls ? ClusterIngressSpec.HttpsBackend(plan.Cluster.Name) : ClusterIngressSpec.HttpBackend(plan.Cluster.Name);
            if (environment.Edge?.Frontends.FirstOrDefault(found => found.Backend == backend) is not { } frontend)
            {
                continue;
            }

            var trust = route.Tls is { Issued: true } ? $"--cacert {AuthorityFile} " : "";
            if (trust.Length > 0 && !hints.Any(hint => hint.Command.EndsWith(AuthorityFile, StringComparison.Ordinal)))
            {
                hints.Add(new($"./appstack stack output authority --stack {environment.Name} > {AuthorityFile}", "the authority that issued its certificate"));
            }

            var port = frontend.Port == (tls ? 443 : 80) ? "" : $":{frontend.Port}";
            hints.AddRange(route.Hosts.Select(host => new PlatformHint(
                $"curl {trust}--resolve {host}:{frontend.Port}:{frontend.Vip.V4} {(tls ? "https" : "http")}://{host}{port}{route.Paths[0]}", "the service, as citizens reach it")));
        }

        return hints.ToImmutable();
    }
}
