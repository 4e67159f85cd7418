using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Postgres;

/// <summary>Renders what a witness gets: a guard that votes.</summary>
public static class RepmgrWitnessRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "witness";

    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The bundle of a witness.</summary>
    /// <param name="spec">The cluster; must be valid.</param>
    /// <param name="witness">The witness; one of the cluster's.</param>
    /// <param name="guardKey">The key of the guards' messages.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(RepmgrClusterSpec spec, RepmgrWitnessSpec witness, string guardKey)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(witness);
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("perl")],
            Files = [.. GuardRenderer.Files(GuardRenderer.Settings(spec, witness.Name, witness.Address, "witness", 0), guardKey)],
            FileGroups = [GuardRenderer.Group],
            Units = [new(PostgresPaths.GuardUnit)],
            HealthGate = new($"{PostgresPaths.Tool} gate --timeout {GateTimeout.TotalSeconds:0}", GateTimeout + TimeSpan.FromSeconds(5)),
        };
        return FirewallRenderer.AddTo(new() { Role = Role, Access = spec.Access, Rules = [.. GuardRenderer.Rules(spec)] }, bundle);
    }
}
