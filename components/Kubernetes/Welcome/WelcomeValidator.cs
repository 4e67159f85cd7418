using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Welcome;

/// <summary>Finds what is wrong with the service before a cluster is asked.</summary>
public static class WelcomeValidator
{
    /// <summary>Checks the service.</summary>
    /// <param name="spec">The service.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(WelcomeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.AddIf(spec.Replicas < 2, "replicas", $"{spec.Replicas} pods cannot be replaced without a gap; use at least 2");
        problems.AddIf(spec.Image.Length == 0, "image", "is missing");
        return problems.All;
    }
}
