using System.Text.RegularExpressions;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Components.Monitoring;
using AppStack.Components.Nodes;

namespace AppStack.Components.Services;

/// <summary>Finds what is wrong with a service before a cluster is asked.</summary>
public static partial class ServiceValidator
{
    // What of a route is said in it; the rest follows from the service.
    private static readonly string[] RouteKeys = ["hosts", "paths", "tls", "bodyBytes", "responseTimeout", "requestTimeout"];

    private static readonly string[] Reserved = ["default", "appstack", "ingress"];

    /// <summary>Checks a service.</summary>
    /// <param name="spec">The service.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(ServiceSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.AddIf(Reserved.Contains(spec.Name, StringComparer.Ordinal) || spec.Name.StartsWith("kube-", StringComparison.Ordinal), "name", $"'{spec.Name}' is the name of a namespace of the platform; take another one");
        problems.AddIf(!LabelValue().IsMatch(spec.Team), "team", $"'{spec.Team}' is not the name of a group; use letters, digits, dots, hyphens and underscores");
        problems.AddIf(!LabelValue().IsMatch(spec.Version), "version", $"'{spec.Version}' is not a version; use at most 63 letters, digits, dots, hyphens and underscores");
        Image(problems, spec.Image);
        problems.AddIf(spec.Replicas < 2, "replicas", $"{spec.Replicas} pods are lost together with their node; use at least 2");
        problems.AddIf(spec.Resources.Cpu < 10, "resources.cpu", $"{spec.Resources.Cpu} thousandths of a core are too few; use at least 10");
        problems.AddIf(spec.Resources.Memory < 16, "resources.memory", $"{spec.Resources.Memory} MiB are not enough for a process; use at least 16");
        Scaling(problems, spec);
        problems.Port("port", spec.Port);
        Probes(problems, spec);
        Times(problems, spec);
        Settings(problems, spec);
        for (var i = 0; i < spec.Egress.Length; i++)
        {
            var (path, egress) = ($"egress[{i}]", spec.Egress[i]);
            problems.Network($"{path}.to", egress.To);
            problems.AddIf(egress.Ports.IsDefaultOrEmpty, $"{path}.ports", "is empty; it would allow nothing");
            for (var j = 0; j < egress.Ports.Length; j++)
            {
                problems.Port($"{path}.ports[{j}]", egress.Ports[j]);
            }
        }

        var firewall = WafValidator.Validate(new() { Name = spec.Name, Team = spec.Team, Spec = spec.Waf });
        // Those without a path are about the name and the team, which is said above.
        return [.. problems.All, .. firewall.Where(problem => problem.Path.Length > 0).Select(problem => problem.Under("waf")), .. Routes(spec), .. AlertRuleValidator.Validate(spec.Alerts).Select(problem => problem with { Path = $"alerts{problem.Path}" })];
    }

    // What is wrong with the firewall's rules is said once, for the service; only the limit of the body is the route's own.
    private static IEnumerable<SpecProblem> Routes(ServiceSpec spec)
    {
        var problems = new NetworkProblems();
        problems.AddIf(spec.Routes.Length > 1 && spec.Waf.Slot is not null, "waf.slot", "is one range of rule ids, and every route needs its own; leave it out, or keep one route");
        for (var i = 0; i < spec.Routes.Length; i++)
        {
            var (route, path) = (spec.Routes[i].For(spec), $"routes[{i}]");
            problems.AddIf(spec.Routes[i].Name is { } name && !FileName().IsMatch(name) || route.Service.Length > 40, $"{path}.name", $"'{spec.Routes[i].Name}' is not the name of a route; use lower-case letters, digits and hyphens, at most 40 together with the service's name");
            problems.AddIf(route.Hosts.IsEmpty, $"{path}.hosts", "is empty; nobody would know where the service is");
            for (var j = 0; j < i; j++)
            {
                var other = spec.Routes[j].For(spec);
                problems.AddIf(other.Service == route.Service, $"{path}.name", $"is that of routes[{j}] already; give every further route a name");
                foreach (var conflict in RouteValidator.Conflicts(route with { Service = "this" }, [other]))
                {
                    problems.Add($"{path}.{conflict.Path}", conflict.Message);
                }
            }

            // Without hosts there is nothing to say of a certificate.
            var checkable = route.Hosts.IsEmpty ? route with { Tls = null } : route;
            foreach (var problem in RouteValidator.Validate(checkable, TimeProvider.System.GetUtcNow()).Where(problem => RouteKeys.Contains(problem.Path.Split('.', '[')[0], StringComparer.Ordinal)))
            {
                problems.Add($"{path}.{problem.Path}", problem.Message);
            }
        }

        return problems.All;
    }

    /// <summary>What is wrong with the reference of an image; null: nothing is.</summary>
    internal static string? ImageProblem(string image) =>
        !Reference().IsMatch(image) ? $"'{image}' is not the reference of an image; use registry/name:tag or registry/name@sha256:digest"
        : image.EndsWith(":latest", StringComparison.Ordinal) ? $"'{image}' is another image every day, and nobody could go back; use an exact tag or a digest"
        : null;

    private static void Image(NetworkProblems problems, string image)
    {
        if (ImageProblem(image) is { } problem)
        {
            problems.Add("image", problem);
        }
    }

    private static void Scaling(NetworkProblems problems, ServiceSpec spec)
    {
        if (spec.Scaling is { } scaling)
        {
            problems.AddIf(scaling.Least < 2, "scaling.least", $"{scaling.Least} pods are lost together with their node; use at least 2");
            problems.AddIf(scaling.Most < scaling.Least, "scaling.most", $"{scaling.Most} is below the least, {scaling.Least}");
            problems.AddIf(scaling.Cpu is < 10 or > 95, "scaling.cpu", $"{scaling.Cpu} percent leave no room or never grow; use 10 to 95");
        }
    }

    private static void Probes(NetworkProblems problems, ServiceSpec spec)
    {
        problems.Port("probes.port", spec.Probes.Port ?? spec.Port);
        Path("probes.readiness", spec.Probes.Readiness);
        Path("probes.liveness", spec.Probes.Liveness);
        if (spec.Metrics is { } metrics)
        {
            problems.Port("metrics.port", metrics.Port ?? spec.Port);
            Path("metrics.path", metrics.Path);
            problems.AddIf((metrics.Port ?? spec.Probes.Port ?? spec.Port) == spec.Port, "metrics.port", $"citizens would read the metrics on port {spec.Port}; show them on another port");
        }

        void Path(string key, string path) => problems.AddIf(path.Length == 0 || path[0] != '/', key, $"'{path}' is not a path; it begins with /");
    }

    private static void Times(NetworkProblems problems, ServiceSpec spec)
    {
        problems.AddIf(spec.Deadline < TimeSpan.FromSeconds(10), "deadline", $"{spec.Deadline.TotalSeconds:0} s are not enough to start a pod and to ask whether it is ready; use at least 10s");
        problems.AddIf(spec.Grace < TimeSpan.FromSeconds(1), "grace", "would cut off every open request; use at least 1s");
    }

    // Every environment variable comes from one place.
    private static void Settings(NetworkProblems problems, ServiceSpec spec)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, _) in spec.Config)
        {
            Take($"config.{name}", name);
        }

        problems.Unique("secrets", "name", spec.Secrets.Select(secret => secret.Name));
        for (var i = 0; i < spec.Secrets.Length; i++)
        {
            problems.AddIf(!FileName().IsMatch(spec.Secrets[i].Name), $"secrets[{i}].name", $"'{spec.Secrets[i].Name}' is not the name of a secret; use lower-case letters, digits and hyphens");
            Take($"secrets[{i}].setting", spec.Secrets[i].Setting);
        }

        if (spec.Database is { } database)
        {
            Take("database.setting", database.Setting);
            Take("database.passwordFile", database.PasswordFile);
            if (database.ReadOnlySetting is { } readOnly)
            {
                Take("database.readOnlySetting", readOnly);
            }
        }

        void Take(string path, string name)
        {
            problems.AddIf(!Variable().IsMatch(name), path, $"'{name}' is not the name of an environment variable; use letters, digits and underscores");
            problems.AddIf(!taken.TryAdd(name, path), path, $"the environment variable '{name}' is set by {taken.GetValueOrDefault(name)} already");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})\z")]
    private static partial Regex Reference();
}
