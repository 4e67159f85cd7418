using System.Collections.Immutable;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>Load balancers that share their VIPs. They are changed one at a time, in the specification's order, each healthy before the next.</summary>
public sealed class LoadBalancerGroup : ComponentResource
{
    /// <summary>Deploys a group.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification and machines.</param>
    /// <param name="options">
    /// Options of the component. It should depend on routers and servers that are deployed together with it: a load balancer
    /// whose sessions do not come up or that finds no server counts as failed.
    /// </param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public LoadBalancerGroup(string name, LoadBalancerGroupArgs args, ComponentResourceOptions? options = null)
        : base("appstack:loadbalancing:LoadBalancerGroup", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        var problems = LoadBalancerGroupValidator.Validate(spec)
            .Concat(spec.Nodes.Where(n => !args.Nodes.ContainsKey(n.Name)).Select(n => new SpecProblem("nodes", $"no machine is given for '{n.Name}'")))
            .ToList();
        InvalidSpecException.ThrowIfAny($"load balancers '{spec.Name}'", problems);

        var members = ImmutableArray.CreateBuilder<LoadBalancer>();
        foreach (var node in spec.Nodes)
        {
            var memberOptions = new ComponentResourceOptions { Parent = this };
            if (options is not null)
            {
                memberOptions.DependsOn.AddRange(options.DependsOn);
            }

            members.Add(new LoadBalancer(
                $"{name}-{node.Name}",
                new() { Node = args.Nodes[node.Name], Group = spec, NodeName = node.Name, After = spec.Rolling ? members.LastOrDefault()?.Bundle : null },
                memberOptions));
        }

        Members = members.ToImmutable();
        Addresses = Output.Create(spec.Vips.SelectMany(v => v.Ipv6 is null ? [v.Ipv4] : new[] { v.Ipv4, v.Ipv6 }).ToImmutableArray());
        RegisterOutputs();
    }

    /// <summary>The load balancers, in the order in which they are changed.</summary>
    public ImmutableArray<LoadBalancer> Members { get; }

    /// <summary>All VIP addresses.</summary>
    [Output("addresses")]
    public Output<ImmutableArray<string>> Addresses { get; private set; }
}
