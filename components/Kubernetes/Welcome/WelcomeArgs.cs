using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Kubernetes.Welcome;

/// <summary>Arguments of a <see cref="WelcomeService"/>.</summary>
public sealed class WelcomeArgs : ResourceArgs
{
    /// <summary>The service. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required WelcomeSpec Spec { get; set; }

    /// <summary>The cluster, as its administrator reaches it.</summary>
    public required Provider Provider { get; set; }
}
