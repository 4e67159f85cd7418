namespace Pulumi.Command.Local;

/// <summary>Runs a command on this machine, in previews too.</summary>
public static class Run
{
    private const string Token = "command:local:run";

    /// <summary>Runs a command and waits for it.</summary>
    /// <param name="args">The command.</param>
    /// <param name="options">Options.</param>
    public static Task<RunResult> InvokeAsync(RunArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<RunResult>(Token, args, WithVersion(options ?? new InvokeOptions()));

    /// <summary>Runs a command once its arguments are known.</summary>
    /// <param name="args">The command.</param>
    /// <param name="options">Options.</param>
    public static Output<RunResult> Invoke(RunInvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<RunResult>(Token, args, WithVersion(options ?? new InvokeOptions()));

    /// <summary>Runs a command once its arguments are known and its dependencies are done.</summary>
    /// <param name="args">The command.</param>
    /// <param name="options">Options.</param>
    public static Output<RunResult> Invoke(RunInvokeArgs args, InvokeOutputOptions options) =>
        Deployment.Instance.Invoke<RunResult>(Token, args, WithVersion(options));

    private static T WithVersion<T>(T options)
        where T : InvokeOptions
    {
        options.Version ??= Utilities.Version;
        return options;
    }
}
