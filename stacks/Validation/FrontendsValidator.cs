using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every frontend leads to servers, and no two claim the same door.</summary>
internal sealed class FrontendsValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        if (context.Environment.Edge is not { } edge)
        {
            return;
        }

        var ingresses = context.Environment.Clusters
            .Where(cluster => cluster is { Name: not null, Ingress: not null })
            .SelectMany(cluster => new[] { ClusterIngressSpec.HttpBackend(cluster!.Name!), ClusterIngressSpec.HttpsBackend(cluster.Name!) })
            .ToList();
        foreach (var (path, backend) in EnvironmentValidation.Each("edge.backends", edge.Backends).Where(found => ingresses.Contains(found.Item.Name!)))
        {
            context.Problems.Add($"{path}.name", $"'{backend.Name}' is the ingress of a cluster already", "leave the backend out, or take another name");
        }

        foreach (var (path, frontend) in EnvironmentValidation.Each("edge.frontends", edge.Frontends))
        {
            if (frontend.Vip is { } vip && edge.Vips.All(found => found?.Name != vip))
            {
                context.ReportUnknown($"{path}.vip", $"there is no virtual address '{vip}'", vip, edge.Vips.Select(found => found?.Name));
            }

            if (frontend.Backend is { } backend && !ingresses.Contains(backend) && edge.Backends.All(found => found?.Name != backend))
            {
                context.ReportUnknown($"{path}.backend", $"there is no backend '{backend}'", backend, edge.Backends.Select(found => found?.Name).Concat(ingresses));
            }
        }

        context.ReportTwice(
            "cluster of backend nodes",
            EnvironmentValidation.Each("edge.backends", edge.Backends)
                .Select(found => ($"{found.Path}.cluster", context.NodesOf(found.Item.Cluster, NodeRole.Backend).Any() ? found.Item.Cluster : null)));
        context.ReportTwice(
            "address and port",
            EnvironmentValidation.Each("edge.frontends", edge.Frontends)
                .Select(found => ($"{found.Path}.port", found.Item is { Vip: { } vip, Port: { } port } ? $"{vip}:{port}" : null)));
        foreach (var (path, backend) in EnvironmentValidation.Each("edge.backends", edge.Backends))
        {
            if (backend.Cluster is { } cluster && !context.NodesOf(cluster, NodeRole.Backend, NodeRole.Worker).Any())
            {
                var serving = context.Nodes().Where(found => found.Node.Role is NodeRole.Backend or NodeRole.Worker).Select(found => found.Node.Cluster);
                context.ReportUnknown($"{path}.cluster", $"the cluster '{cluster}' has no nodes with the role backend or worker", cluster, serving);
            }

            if (backend.DirectPort is not null && backend.DirectPort == backend.Port)
            {
                context.Problems.Add($"{path}.directPort", $"the port {backend.Port} is taken by the servers themselves", "another port, or leave the key out");
            }

            if (backend.Check?.Interval is { } interval && (interval < TimeSpan.FromMilliseconds(50) || interval > TimeSpan.FromMinutes(1)))
            {
                context.Problems.Add($"{path}.check.interval", "checks this often, or this seldom, do not tell who is healthy", "50ms to 1m");
            }
        }
    }
}
