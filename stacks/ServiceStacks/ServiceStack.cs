using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Monitoring;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Services;
using AppStack.Components.Services.Images;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace AppStack.Stacks.Services;

/// <summary>
/// One service in one environment: the stack is called <c>ENVIRONMENT-SERVICE</c>. What it needs of the platform it reads from the outputs of the
/// environment's stack; it touches nothing but its own namespace, the schema of its database, and its image on the workers of a lab.
/// </summary>
public static class ServiceStack
{
    /// <summary>The name of the output with the addresses at which citizens reach the service.</summary>
    public const string Urls = "urls";

    /// <summary>Declares the service.</summary>
    /// <returns>The stack's outputs.</returns>
    /// <exception cref="RunException">The service does not fit, or the platform is not there; the message holds every problem.</exception>
    public static async Task<IDictionary<string, object?>> DeclareAsync()
    {
        var root = Deployment.Instance.RootDirectory;
        var files = StackFiles.Find(root, Deployment.Instance.StackName);
        var (environment, service, plan) = Read(files, root);
        var secrets = Secrets(plan.Spec);
        var platform = await PlatformOutputs.ReadAsync(environment.Name);
        await FindImageAsync(service, plan, platform);
        var name = plan.Spec.Name;

        var before = ImmutableArray.CreateBuilder<Resource>();
        if (plan.Image is { } image)
        {
            var disks = platform.Disks;
            before.AddRange(new ServiceImage($"{name}-image", new ServiceImageArgs
            {
                Spec = image,
                Machines = plan.Cluster.Workers.ToDictionary(node => node.Name, node => disks.GetValueOrDefault(node.Name, ""), StringComparer.Ordinal),
            }).Ready);
        }

        before.AddRange(Alerts(plan.Spec, platform));

        ServiceDatabaseOutput? database = null;
        if (plan.Spec.Database is not null)
        {
            database = platform.Database(name);
            if (!plan.Migrations.IsEmpty)
            {
                before.Add(Migrated(plan, database));
            }
        }

        var serving = new Service(name, new ServiceArgs
        {
            Spec = plan.Spec,
            Kubernetes = plan.Kubernetes,
            Provider = new Provider("cluster", Access(environment, platform.Kubeconfig(plan.Cluster.Name))),
            Database = database?.Access,
            Secrets = secrets,
            Ingress = Ingress(plan, platform),
            MonitoringNetworks = [.. environment.NodesOf(NodeRole.Monitoring).Select(node => $"{node.MainAddress}/32")],
            BeforeTraffic = before.ToImmutable(),
        }).Serving;

        // Known only when all pods serve: whoever finds a release here can go back to it.
        var release = new ServiceRelease(plan.Spec.Version, plan.Spec.Image, plan.Descriptor);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [Urls] = serving.Apply(_ => plan.Urls),
            [ServiceRelease.Output] = serving.Apply(_ => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["version"] = release.Version,
                ["image"] = release.Image,
                ["descriptor"] = release.Descriptor,
            }.ToImmutableDictionary(StringComparer.Ordinal)),
        };
    }

    private static (EnvironmentSpec Environment, ServiceDefinition Service, ServicePlan Plan) Read(StackFiles files, string root)
    {
        try
        {
            var environment = files.Environment.Read();
            var release = ServiceRelease.Wanted;
            var service = release is null ? files.Service!.Read() : ServiceReader.Read(release.Descriptor, files.Service!.Name, $"release {release.Version}");
            return (environment, service, ServicePlan.Of(environment, service, root, release?.Image));
        }
        catch (DescriptorException exception)
        {
            throw Refused(exception);
        }
    }

    // The cluster of a lab ends with the lab, which does not ask its services; another one may answer at its address by then.
    private static ProviderArgs Access(EnvironmentSpec environment, string kubeconfig)
    {
        var access = new ProviderArgs { KubeConfig = Output.CreateSecret(kubeconfig) };
        if (environment.Lab is not null)
        {
            access.DeleteUnreachable = true;
        }

        return access;
    }

    private static RunException Refused(DescriptorException exception) => new(exception.Message, exception);

    // A release that is put back has run before; what can be asked about it now must not keep it from that.
    private static async Task FindImageAsync(ServiceDefinition service, ServicePlan plan, PlatformOutputs platform)
    {
        if (plan.IsFetched && ServiceRelease.Wanted is null && await ImageLookup.IsMissingAsync(plan.Spec.Image, platform.RegistryAuthorities, message => Log.Warn(message)))
        {
            var problems = new ProblemList(service.File, service.Source);
            problems.Add("image.reference", $"there is no image '{plan.Spec.Image}': its registry does not have it", "an image that was put there");
            throw Refused(new(service.File, problems.InFileOrder()));
        }
    }

    // Before the new version: alerts that Prometheus does not take leave everything as it was.
    private static IEnumerable<Resource> Alerts(ServiceSpec spec, PlatformOutputs platform)
    {
        if (spec.Alerts.IsEmpty)
        {
            return [];
        }

        var monitors = platform.Monitors.ToList();
        if (monitors.Count == 0)
        {
            Log.Warn($"{spec.Name} has alerts, and nobody will hear of them: the platform has no monitoring node.");
        }

        return [.. monitors.Select(monitor => new AlertRuleFile($"{spec.Name}-alerts-{monitor.Name}", new AlertRuleFileArgs
        {
            Group = spec.AlertGroup,
            Node = new BareMetalNode(monitor.Name, monitor.Access),
            Machine = platform.Disks.TryGetValue(monitor.Name, out var disk) ? (Input<string>)disk : null,
        }).Loaded)];
    }

    private static ServiceIngress? Ingress(ServicePlan plan, PlatformOutputs platform)
    {
        if (plan.Spec.Routes.IsEmpty)
        {
            return null;
        }

        var issued = plan.Spec.Routes.Any(route => route.Tls is { Issued: true });
        return new()
        {
            Controller = ServiceRoutes.Controller(plan.Cluster),
            Authority = issued ? new PrivateAuthority($"{plan.Spec.Name}-authority", Output.CreateSecret(platform.Authority)) : null,
            PrivateKeys = Keys(plan),
        };
    }

    private static ImmutableDictionary<int, Input<string>> Keys(ServicePlan plan)
    {
        var config = new Config();
        var problems = plan.Certificates
            .Select(found => (found.Value, Wrong: config.Get(found.Value.Key) is not { } key ? "has no value" : RouteCertificate.KeyProblem(plan.Spec.Routes[found.Key].Tls!.Certificate!, key)))
            .Where(found => found.Wrong is not null)
            .Select(found => $"The secret '{found.Value.Key}' of {plan.Spec.Name} {found.Wrong} (certificate: {found.Value.File}). Set it: appstack config set --stack {Deployment.Instance.StackName} --secret {found.Value.Key} < file")
            .ToList();
        return problems.Count == 0
            ? plan.Certificates.ToImmutableDictionary(found => found.Key, found => (Input<string>)config.RequireSecret(found.Value.Key))
            : throw new RunException(string.Join('\n', problems));
    }

    private static ImmutableDictionary<string, string> Secrets(ServiceSpec spec)
    {
        var config = new Config();
        var missing = spec.Secrets.Where(secret => config.Get(secret.Name) is null).Select(secret => secret.Name).ToList();
        return missing.Count == 0
            ? spec.Secrets.ToImmutableDictionary(secret => secret.Name, secret => config.Get(secret.Name)!, StringComparer.Ordinal)
            : throw new RunException(string.Join('\n', missing.Select(name =>
                $"The secret '{name}' of {spec.Name} has no value. Set it: appstack config set --stack {Deployment.Instance.StackName} --secret {name} < file")));
    }

    // What ran once stays, whatever version is deployed: one that is put back changes nothing of the schema.
    private static Resource Migrated(ServicePlan plan, ServiceDatabaseOutput database)
    {
        var options = new CustomResourceOptions();
        if (ServiceRelease.Wanted is not null)
        {
            options.IgnoreChanges.AddRange(["stdin", "create", "update"]);
        }

        return Migrations.Run(
            $"{plan.Spec.Name}-migrations",
            ServicePlan.Schema(plan.Spec.Name, plan.Migrations),
            new BareMetalNode("pooler", database.Pooler),
            database.Access.Hosts,
            database.Access.Port,
            database.Migrator,
            Output.CreateSecret(database.MigratorPassword),
            options);
    }
}
