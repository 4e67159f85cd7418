using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;

namespace Pulumi;

/// <summary>
/// The engine that runs a program in this process: made current for the asynchronous flow in which the program is called, so that
/// <see cref="Deployment.RunAsync{TStack}()"/> finds it.
/// </summary>
internal sealed class ProgramHost
{
    private static readonly AsyncLocal<ProgramHost?> CurrentHost = new();

    /// <summary>The host of this asynchronous flow.</summary>
    public static ProgramHost? Current => CurrentHost.Value;

    /// <summary>The engine's side of registrations.</summary>
    public required IResourceMonitor Monitor { get; init; }

    /// <summary>The organisation's name; file backends know only <c>organization</c>.</summary>
    public string Organization { get; init; } = "organization";

    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>Where Pulumi.yaml is.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The configuration by <c>namespace:key</c>; secrets in clear, objects as JSON texts.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which keys of <see cref="Config"/> are secret.</summary>
    public IReadOnlySet<string> ConfigSecretKeys { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Is cancelled when the run ends early; what fails after that is not reported.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Runs <paramref name="program"/> with this host current; the caller's flow does not change.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> program)
    {
        // An async method has an execution context of its own: the caller never sees this assignment.
        CurrentHost.Value = this;
        return await program().ConfigureAwait(false);
    }

    /// <summary>The host of this flow, or why there is none.</summary>
    /// <exception cref="InvalidOperationException">The program was started without an engine.</exception>
    public static ProgramHost Require() => Current ?? throw new InvalidOperationException(
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PULUMI_MONITOR"))
            ? "This program was started without an engine. Run it with ./appstack (for example './appstack preview <stack>')."
            : "This program was built with the embedded engine, but started by the pulumi CLI. "
                + "Build it with -p:PulumiEngine=official for the pulumi CLI, or run it with ./appstack.");
}
