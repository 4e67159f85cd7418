using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a program can know of its run, and the functions that it can call.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(Deployment deployment) => Deployment = deployment;

    /// <summary>The stack's name.</summary>
    public string StackName => Deployment.Host.Stack;

    /// <summary>The project's name.</summary>
    public string ProjectName => Deployment.Host.Project;

    /// <summary>The directory that holds Pulumi.yaml.</summary>
    /// <exception cref="InvalidOperationException">It is not known, as in tests that do not set it.</exception>
    public string RootDirectory => Deployment.Host.RootDirectory
        ?? throw new InvalidOperationException("The root directory is not known. In tests, set TestOptions.RootDirectory.");

    /// <summary>The organisation's name.</summary>
    public string OrganizationName => Deployment.Host.Organization;

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun => Deployment.Host.IsDryRun;

    internal Deployment Deployment { get; }

    /// <summary>Calls a function; the result is unknown while an argument is.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => Deployment.Invoke<T>(token, args, options);

    /// <summary>Calls a function; the result is unknown while an argument is.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => Deployment.Invoke<T>(token, args, options);

    /// <summary>Calls a function that gives an object with one member, and gives that member.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Invoke<ImmutableDictionary<string, T>>(token, args, options).Apply(static members => members.Values.First());

    /// <summary>Calls a function that gives an object with one member, and gives that member.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options) =>
        Deployment.Invoke<ImmutableDictionary<string, T>>(token, args, options).Apply(static members => members.Values.First());

    /// <summary>Calls a function and waits for its result; no argument may be unknown.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => Deployment.InvokeAsync<T>(token, args, options);

    /// <summary>Calls a function that gives an object with one member, and waits for that member.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public async Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        (await Deployment.InvokeAsync<ImmutableDictionary<string, T>>(token, args, options).ConfigureAwait(false)).Values.First();

    /// <summary>Calls a function for its effect.</summary>
    /// <param name="token">The function's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Options.</param>
    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => Deployment.InvokeAsync<object>(token, args, options);

    /// <summary>Not supported: methods of resources need a provider plugin.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="token">The method's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Output<T> Call<T>(string token, CallArgs args, Resource? self = null, CallOptions? options = null) => throw CallNotSupported(token);

    /// <summary>Not supported: methods of resources need a provider plugin.</summary>
    /// <param name="token">The method's token.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Call(string token, CallArgs args, Resource? self = null, CallOptions? options = null) => throw CallNotSupported(token);

    private static NotSupportedException CallNotSupported(string token) => new(
        $"'{token}' is a method of a resource, which the embedded engine does not support. Build with -p:PulumiEngine=official and run with the pulumi CLI.");
}
