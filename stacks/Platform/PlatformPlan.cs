using System.Collections.Immutable;
using AppStack.Components;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Components.Lab;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Monitoring;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Components.Registry;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>What the components shall be told, worked out from an environment. Pure: nothing is reached and nothing is registered.</summary>
public sealed record PlatformPlan
{
    /// <summary>The lab; <see langword="null"/> when the nodes exist without us.</summary>
    public LocalLabSpec? Lab { get; init; }

    /// <summary>Routers by the names of their nodes.</summary>
    public required ImmutableSortedDictionary<string, BgpRouterSpec> Routers { get; init; }

    /// <summary>Load balancers, in groups that stand on one link.</summary>
    public required ImmutableArray<LoadBalancerGroupSpec> LoadBalancers { get; init; }

    /// <summary>Web servers by the names of their nodes.</summary>
    public required ImmutableSortedDictionary<string, WebBackendSpec> Backends { get; init; }

    /// <summary>Kubernetes clusters.</summary>
    public required ImmutableArray<KubernetesClusterSpec> Clusters { get; init; }

    /// <summary>The rules of the Kubernetes clusters, in the same order.</summary>
    public required ImmutableArray<ClusterPolicySpec> ClusterPolicies { get; init; }

    /// <summary>Ingresses, by cluster.</summary>
    public required ImmutableSortedDictionary<string, IngressSpec> Ingresses { get; init; }

    /// <summary>The services that labs have behind an ingress, by cluster.</summary>
    public required ImmutableSortedDictionary<string, WelcomeSpec> Welcomes { get; init; }

    /// <summary>Database clusters.</summary>
    public required ImmutableArray<RepmgrClusterSpec> Databases { get; init; }

    /// <summary>Poolers of the database clusters.</summary>
    public required ImmutableArray<PgBouncerGroupSpec> Poolers { get; init; }

    /// <summary>Repositories of the database clusters' backups.</summary>
    public required ImmutableArray<BackupRepositorySpec> Backups { get; init; }

    /// <summary>Nodes on which backups are restored.</summary>
    public required ImmutableArray<RestoreNodeSpec> Restores { get; init; }

    /// <summary>Registries of images.</summary>
    public required ImmutableArray<RegistrySpec> Registries { get; init; }

    /// <summary>Monitoring nodes.</summary>
    public required ImmutableArray<MonitoringServerSpec> Monitoring { get; init; }

    /// <summary>What nodes show to monitoring.</summary>
    public required ImmutableArray<NodeMetricsSpec> Metrics { get; init; }

    /// <summary>Works out the plan.</summary>
    public static PlatformPlan Of(EnvironmentSpec environment)
    {
        var databases = DatabasePlan.Clusters(environment);
        var poolers = PoolerPlan.Groups(environment, databases);
        return new()
        {
            Lab = environment.Lab is { } lab ? LabPlan.Of(environment, lab) : null,
            Routers = environment.Edge is { } fabric ? EdgePlan.Routers(environment, fabric) : ImmutableSortedDictionary<string, BgpRouterSpec>.Empty,
            LoadBalancers = environment.Edge is { } edge ? EdgePlan.LoadBalancers(environment, edge) : [],
            Backends = environment.Edge is { } web ? EdgePlan.Backends(environment, web) : ImmutableSortedDictionary<string, WebBackendSpec>.Empty,
            Clusters = KubernetesPlan.Clusters(environment),
            ClusterPolicies = KubernetesPlan.Policies(environment),
            Ingresses = KubernetesPlan.Ingresses(environment),
            Welcomes = KubernetesPlan.Welcomes(environment),
            Databases = databases,
            Poolers = poolers,
            Backups = DatabasePlan.Repositories(environment, databases),
            Restores = DatabasePlan.Restores(environment, databases),
            Registries = RegistryPlan.Registries(environment),
            Monitoring = MonitoringPlan.Servers(environment),
            Metrics = MonitoringPlan.Nodes(environment),
        };
    }

    /// <summary>Refuses a plan that a component would refuse, before anything is done.</summary>
    /// <param name="environment">The environment that it was worked out from, whose keys the message names.</param>
    /// <param name="folder">The repository's folder, in which the migrations of services lie.</param>
    /// <exception cref="DescriptorException">Something is wrong; holds all that is.</exception>
    public PlatformPlan ThrowIfWrong(EnvironmentSpec environment, string folder)
    {
        var problems = new ProblemList(environment.File, environment.Source);
        foreach (var (key, problem) in Problems(environment).Concat(ServiceProblems(environment, folder)))
        {
            problems.Add(environment.Source.Find(key), problem.Path, problem.Message);
        }

        var found = problems.InFileOrder();
        return found.IsEmpty ? this : throw new DescriptorException(environment.File, found);
    }

    /// <summary>What components do not accept, each with the key of the descriptor that it comes from.</summary>
    private IEnumerable<(string Key, SpecProblem Problem)> Problems(EnvironmentSpec environment)
    {
        return
        [
            .. Lab is null ? [] : LocalLabValidator.Validate(Lab).Select(problem => ("lab", problem.Under("lab"))),
            .. Routers.SelectMany(router => Of(NodeKey(router.Key), router.Key, BgpRouterValidator.Validate(router.Value))),
            .. LoadBalancers.SelectMany(group => Of("edge", group.Name, LoadBalancerGroupValidator.Validate(group))),
            .. Clusters.SelectMany(cluster => Of(ClusterKey(cluster.Name), cluster.Name, KubernetesClusterValidator.Validate(cluster))),
            .. ClusterPolicies.SelectMany(policy => Of(ClusterKey(policy.Cluster), policy.Cluster, ClusterPolicyValidator.Validate(policy))),
            .. Ingresses.SelectMany(ingress => Of(ClusterKey(ingress.Key), $"{ingress.Key}.ingress", IngressValidator.Validate(ingress.Value))),
            .. Databases.SelectMany(cluster => Of(DatabaseKey(cluster.Name), cluster.Name, RepmgrClusterValidator.Validate(cluster))),
            .. Poolers.SelectMany(group => Of(DatabaseKey(group.Name), $"{group.Name} poolers", PgBouncerGroupValidator.Validate(group))),
            .. Backups.SelectMany(repository => Of(NodeKey(repository.Name), repository.Name, BackupRepositoryValidator.Validate(repository))),
            .. Restores.SelectMany(node => Of(NodeKey(node.Name), node.Name, RestoreNodeValidator.Validate(node))),
            .. Registries.SelectMany(registry => Of(NodeKey(registry.Name), registry.Name, RegistryValidator.Validate(registry))),
            .. Monitoring.SelectMany(server => Of("monitoring", server.Name, MonitoringServerValidator.Validate(server))),
            .. Metrics.SelectMany(metrics => Of(NodeKey(metrics.Name), metrics.Name, NodeMetricsValidator.Validate(metrics))),
            .. Backends.SelectMany(backend => Of(NodeKey(backend.Key), backend.Key, WebBackendValidator.Validate(backend.Value))),
        ];

        static IEnumerable<(string, SpecProblem)> Of(string key, string name, IEnumerable<SpecProblem> problems) => problems.Select(problem => (key, problem.Under(name)));

        string NodeKey(string name) => $"nodes[{environment.Nodes.Select(node => node.Name).ToList().IndexOf(name)}]";

        string ClusterKey(string name) => $"clusters[{environment.Clusters.Select(cluster => cluster.Name).ToList().IndexOf(name)}]";

        string DatabaseKey(string name) => $"databases[{environment.Databases.Select(database => database.Name).ToList().IndexOf(name)}]";
    }

    /// <summary>What the databases of services do not accept. Without valid poolers there is no budget to share out, and no more to say.</summary>
    private IEnumerable<(string Key, SpecProblem Problem)> ServiceProblems(EnvironmentSpec environment, string folder) =>
        from cluster in environment.Databases.Index()
        from service in cluster.Item.Services.Index()
        let poolers = Poolers.FirstOrDefault(found => found.Name == cluster.Item.Name)
        where poolers is not null && PgBouncerGroupValidator.Validate(poolers).Count == 0
        from problem in Of(service.Item, poolers, folder)
        select ($"databases[{cluster.Index}].services[{service.Index}]", problem.Under($"{cluster.Item.Name}.{service.Item.Name}"));

    private static IReadOnlyCollection<SpecProblem> Of(ServiceDatabaseSpec service, PgBouncerGroupSpec poolers, string folder)
    {
        try
        {
            return DatabaseValidator.Validate(PoolerResources.Database(service, poolers, folder));
        }
        catch (RunException exception)
        {
            return [new SpecProblem("migrations", exception.Message)];
        }
    }
}
