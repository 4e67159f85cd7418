using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Kubernetes;

/// <summary>The platform of <c>kubernetes-test.yaml</c>.</summary>
public sealed class KubernetesPlatform() : PlatformFixture(Name, File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "tests", "AppStack.Lab.Tests", "Kubernetes", $"{Name}.yaml")))
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "kubernetes-test";
}
