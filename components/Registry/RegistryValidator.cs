using AppStack.Components.Nodes;

namespace AppStack.Components.Registry;

/// <summary>Validates registries.</summary>
public static class RegistryValidator
{
    /// <summary>Checks a registry.</summary>
    /// <param name="spec">The registry.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(RegistrySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Address("address", spec.Address);
        problems.Port("port", spec.Port);
        problems.AddIf(spec.Port == RegistryRenderer.InnerPort, "port", $"{spec.Port} is where the registry itself listens, behind the door");
        problems.Access("access", spec.Access);
        problems.AddIf(spec.ClientNetworks.IsDefaultOrEmpty, "clientNetworks", "is empty; nobody could fetch an image");
        problems.Networks("clientNetworks", spec.ClientNetworks);
        return problems.All;
    }
}
