using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Command;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary>The <c>helm</c> of this machine, whose caches and plugins it uses.</summary>
internal sealed class HelmProgram(BuiltInProviderOptions options)
{
    /// <summary>Runs it.</summary>
    /// <param name="purpose">What for, as in "render the chart nginx".</param>
    /// <param name="chart">The chart, for whoever has no helm.</param>
    /// <param name="arguments">Its arguments; nothing secret, since everybody on the machine sees them.</param>
    /// <param name="stdin">Its input; may be secret.</param>
    /// <param name="kubeconfig">The file of the cluster; <see langword="null"/> for what the environment says.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it did; its exit code may be any.</returns>
    /// <exception cref="ProviderException">It is not there, or took too long.</exception>
    public async Task<LocalResult> TryAsync(
        string purpose, string chart, IEnumerable<string> arguments, string? stdin, string? kubeconfig, TimeSpan limit, CancellationToken cancellationToken)
    {
        var helm = options.SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "helm")).FirstOrDefault(File.Exists)
            ?? throw new ProviderException(
                $"The chart {chart} needs the program `helm`, which is not in PATH. Install it (https://helm.sh/docs/intro/install), "
                + "or render the chart where it is and declare the result with Yaml.V2.ConfigFile.");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (kubeconfig is not null)
        {
            environment["KUBECONFIG"] = kubeconfig;
        }

        try
        {
            return await new LocalProcess([helm, .. arguments], environment, options.WorkingDirectory, stdin, options.TimeProvider)
                .RunAsync(limit, static _ => { }, static _ => { }, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            throw Failed(purpose, exception.Message, exception);
        }
    }

    /// <summary>As <see cref="TryAsync"/>, for what must succeed.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ProviderException">It failed; says what it said.</exception>
    public async Task<string> RunAsync(
        string purpose, string chart, IEnumerable<string> arguments, string? stdin, string? kubeconfig, TimeSpan limit, CancellationToken cancellationToken) =>
        Stdout(purpose, await TryAsync(purpose, chart, arguments, stdin, kubeconfig, limit, cancellationToken));

    /// <summary>What it printed.</summary>
    /// <exception cref="ProviderException">It failed; says what it said.</exception>
    public static string Stdout(string purpose, LocalResult result) =>
        result.ExitCode == 0 ? result.Stdout : throw Failed(purpose, $"exit status {result.ExitCode}: {result.Stderr.Trim()}");

    private static ProviderException Failed(string purpose, string why, Exception? cause = null) => new($"helm could not {purpose}: {why}", cause);
}
