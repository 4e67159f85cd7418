namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>When objects of a kind are ready.</summary>
/// <param name="Judge">Decides, from one observation.</param>
/// <param name="Related">What else it looks at.</param>
internal sealed record ReadinessRule(Func<Observation, Verdict> Judge, Related Related = Related.None);
