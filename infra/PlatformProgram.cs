using AppStack.Stacks;
using AppStack.Stacks.Services;
using Pulumi;

namespace AppStack.Infra;

/// <summary>The Pulumi program. The <c>pulumi</c> CLI runs it as a process of its own, <c>appstack</c> runs it within itself.</summary>
public static class PlatformProgram
{
    /// <summary>Declares the platform of the stack's environment.</summary>
    /// <returns>The exit code: 0 when everything was declared.</returns>
    public static Task<int> RunAsync() => Deployment.RunAsync<PlatformStack>();

    /// <summary>Declares a service in an environment.</summary>
    /// <inheritdoc cref="RunAsync" path="/returns"/>
    public static Task<int> RunServiceAsync() => Deployment.RunAsync(ServiceStack.DeclareAsync);
}
