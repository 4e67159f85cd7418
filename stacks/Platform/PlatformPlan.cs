using System.Collections.Immutable;
using AppStack.Components;
using AppStack.Components.Lab;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

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

    /// <summary>Database clusters.</summary>
    public required ImmutableArray<RepmgrClusterSpec> Databases { get; init; }

    /// <summary>Poolers of the database clusters.</summary>
    public required ImmutableArray<PgBouncerGroupSpec> Poolers { get; init; }

    /// <summary>Sections of the environment that this version checks, but does not deploy.</summary>
    public required ImmutableArray<string> NotDeployed { get; init; }

    /// <summary>Works out the plan.</summary>
    public static PlatformPlan Of(EnvironmentSpec environment) => new()
    {
        Lab = environment.Lab is { } lab ? LabPlan.Of(environment, lab) : null,
        Routers = environment.Edge is { } fabric ? EdgePlan.Routers(environment, fabric) : ImmutableSortedDictionary<string, BgpRouterSpec>.Empty,
        LoadBalancers = environment.Edge is { } edge ? EdgePlan.LoadBalancers(environment, edge) : [],
        Backends = environment.Edge is { } web ? EdgePlan.Backends(environment, web) : ImmutableSortedDictionary<string, WebBackendSpec>.Empty,
        Databases = DatabasePlan.Clusters(environment),
        Poolers = PoolerPlan.Groups(environment, DatabasePlan.Clusters(environment)),
        NotDeployed =
        [
            .. environment.Clusters.IsEmpty ? [] : new[] { $"clusters ({string.Join(", ", environment.Clusters.Select(cluster => cluster.Name))})" },
            .. environment.Monitoring is null ? [] : new[] { "monitoring" },
        ],
    };

    /// <summary>Refuses a plan that a component would refuse, before anything is done.</summary>
    /// <param name="file">The descriptor, as messages name it.</param>
    /// <exception cref="DescriptorException">Something is wrong; holds all that is.</exception>
    public PlatformPlan ThrowIfWrong(string file)
    {
        var problems = Problems().Select(problem => new DescriptorProblem(file, 1, 1, problem.Path, problem.Message, "")).ToImmutableArray();
        return problems.IsEmpty ? this : throw new DescriptorException(file, problems);
    }

    private IEnumerable<SpecProblem> Problems() =>
    [
        .. Lab is null ? [] : LocalLabValidator.Validate(Lab).Select(problem => problem.Under("lab")),
        .. Routers.SelectMany(router => BgpRouterValidator.Validate(router.Value).Select(problem => problem.Under(router.Key))),
        .. LoadBalancers.SelectMany(group => LoadBalancerGroupValidator.Validate(group).Select(problem => problem.Under(group.Name))),
        .. Databases.SelectMany(cluster => RepmgrClusterValidator.Validate(cluster).Select(problem => problem.Under(cluster.Name))),
        .. Poolers.SelectMany(group => PgBouncerGroupValidator.Validate(group).Select(problem => problem.Under($"{group.Name} poolers"))),
        .. Backends.SelectMany(backend => WebBackendValidator.Validate(backend.Value).Select(problem => problem.Under(backend.Key))),
    ];
}
