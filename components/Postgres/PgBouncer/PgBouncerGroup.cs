using System.Collections.Immutable;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>
/// The poolers of a database cluster. They are changed one at a time, each healthy before the next; clients list all of them and
/// go on with another one meanwhile.
/// </summary>
public sealed class PgBouncerGroup : ComponentResource
{
    /// <summary>Deploys poolers.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machines and secrets.</param>
    /// <param name="options">Options of the component; it should depend on the cluster, because a pooler without a leader counts as failed.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public PgBouncerGroup(string name, PgBouncerGroupArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:PgBouncerGroup", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        var problems = PgBouncerGroupValidator.Validate(spec)
            .Concat(Missing(spec, args.Nodes.ContainsKey, "machine"))
            .Concat(Missing(spec, args.Secrets.ContainsKey, "certificate"))
            .ToList();
        InvalidSpecException.ThrowIfAny($"poolers of '{spec.Name}'", problems);

        var bundles = ImmutableArray.CreateBuilder<Resource>();
        foreach (var node in spec.Poolers)
        {
            var bundle = args.Secrets[node.Name].Apply(secrets => PgBouncerBundle.Of(spec, node, secrets));
            bundles.Add(args.Nodes[node.Name].Apply($"{name}-{node.Name}-bundle", bundle, BundleOptions.For(this, options, bundles.LastOrDefault())));
        }

        Bundles = bundles.ToImmutable();
        Hosts = Output.Create(spec.Poolers.Select(p => p.Address).ToImmutableArray());
        Port = Output.Create(spec.Port);
        RegisterOutputs();
    }

    /// <summary>The resources that hold the nodes' bundles; depend on them to come after the poolers.</summary>
    public ImmutableArray<Resource> Bundles { get; }

    /// <summary>The addresses that clients list, all of them.</summary>
    [Output("hosts")]
    public Output<ImmutableArray<string>> Hosts { get; private set; }

    /// <summary>The port on each of them.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    private static IEnumerable<SpecProblem> Missing(PgBouncerGroupSpec spec, Func<string, bool> known, string what) =>
        spec.Poolers.Where(p => !known(p.Name)).Select(p => new SpecProblem("poolers", $"no {what} is given for '{p.Name}'"));
}
