using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Services;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Services;

/// <summary>The routes of a service as they fit into an environment: its ingress, the files of certificates, and the routes of other services.</summary>
internal static class ServiceRoutes
{
    /// <summary>Works out the routes, and finds what does not fit.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cluster">The cluster; null when it is not known, which has been said.</param>
    /// <param name="service">The service.</param>
    /// <param name="root">The repository's folder.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The routes, with the certificates that they bring.</returns>
    public static ImmutableArray<ServiceRouteSpec> Of(EnvironmentSpec environment, ClusterSpec? cluster, ServiceDefinition service, string root, ProblemList problems)
    {
        if (service.Spec.Routes.IsEmpty)
        {
            return [];
        }

        if (cluster is { Ingress: null })
        {
            problems.Add("routes", $"the Kubernetes cluster {cluster.Name} of {environment.Name} has no ingress", $"clusters[].ingress: {{ controller: debian-nginx }} in {environment.File}");
        }

        var others = Others(environment, cluster, service, root).ToImmutableArray();
        var routes = ImmutableArray.CreateBuilder<ServiceRouteSpec>();
        foreach (var (index, written) in service.Spec.Routes.Index())
        {
            var path = $"routes[{index}]";
            var route = Certified(written, service.Certificates.GetValueOrDefault(index), path, root, problems);
            routes.Add(route);
            foreach (var (file, line, other) in others)
            {
                foreach (var conflict in RouteValidator.Conflicts(route.For(service.Spec), [other]))
                {
                    problems.Add($"{path}.{conflict.Path}", conflict.Message, $"another host or path; the other one is in {file}:{line}");
                }
            }

            foreach (var problem in IngressControllers.Of(Controller(cluster)).Validate(route.For(service.Spec)))
            {
                problems.Add(problem.Path.StartsWith("waf", StringComparison.Ordinal) ? problem.Path : $"{path}.{problem.Path}", problem.Message);
            }
        }

        return routes.ToImmutable();
    }

    /// <summary>The program that serves the routes of a cluster.</summary>
    public static IngressControllerKind Controller(ClusterSpec? cluster) => KubernetesPlan.Controller(cluster?.Ingress?.Controller ?? default);

    private static ServiceRouteSpec Certified(ServiceRouteSpec route, RouteCertificate? certificate, string path, string root, ProblemList problems)
    {
        if (certificate is null)
        {
            return route;
        }

        try
        {
            var text = File.ReadAllText(Path.GetFullPath(certificate.File, root));
            foreach (var problem in RouteValidator.ValidateCertificate(text, route.Hosts, TimeProvider.System.GetUtcNow()))
            {
                problems.Add($"{path}.tls.certificate", problem.Message, "a certificate for all hosts of the route; without tls the platform's authority issues one");
            }

            return route with { Tls = new RouteTls { Certificate = text } };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}.tls.certificate", exception is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {certificate.File}" : exception.Message, "a file with the certificate (PEM), relative to the repository");
            return route;
        }
    }

    // What is wrong with another service's file is for its own team to hear.
    private static IEnumerable<(string File, int Line, RouteSpec Route)> Others(EnvironmentSpec environment, ClusterSpec? cluster, ServiceDefinition service, string root)
    {
        foreach (var name in ServiceFiles.List(root).Where(name => name != service.Spec.Name))
        {
            ServiceDefinition other;
            try
            {
                other = ServiceFiles.Find(root, name).Read();
            }
            catch (DescriptorException)
            {
                continue;
            }

            var home = other.Cluster ?? (environment.Clusters is [{ } only] ? only.Name : null);
            if (cluster is not null && home == cluster.Name)
            {
                foreach (var (index, route) in other.Spec.Routes.Index())
                {
                    yield return (other.File, other.Source.Find($"routes[{index}].hosts").Line, route.For(other.Spec));
                }
            }
        }
    }
}
