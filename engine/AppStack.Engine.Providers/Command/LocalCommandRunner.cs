using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>Runs commands on this machine, for resources and for the function <c>command:local:run</c>.</summary>
internal sealed class LocalCommandRunner(string workingDirectory, TimeProvider timeProvider)
{
    /// <summary>The inputs that say how a local command runs, besides those of all commands.</summary>
    public static InputProperty[] Inputs { get; } =
    [
        new("archivePaths", InputKind.TextList),
        new("assetPaths", InputKind.TextList),
        new("dir", InputKind.Text),
        new("interpreter", InputKind.TextList),
    ];

    /// <summary>Runs a command.</summary>
    /// <returns>The inputs, and the outputs <c>stdout</c>, <c>stderr</c>, and as wanted <c>assets</c> and <c>archive</c>.</returns>
    /// <exception cref="ProviderException">It failed, or took too long.</exception>
    public async Task<PropertyMap> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var secrets = SecretTexts.In(run.Inputs);
        var output = new CommandOutputLog(run.Log, run.Inputs.Text("logging"), secrets);
        var directory = Path.GetFullPath(run.Inputs.Text("dir") ?? "", workingDirectory);
        var interpreter = run.Inputs.TextList("interpreter") is { IsEmpty: false } words ? words : ["/bin/sh", "-c"];
        var environment = run.Inputs.TextMap("environment").SetItems(PreviousOutput.Variables(run.Inputs, run.PreviousOutputs));
        var process = new LocalProcess([.. interpreter, run.Command], environment, directory, run.Inputs.Text("stdin"), timeProvider);
        var result = await RunAsync(process, run, output, secrets, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw CommandFailure.Describe(run.Command, result.ExitCode, signal: null, where: null, output, secrets);
        }

        var outputs = CommandResults.Of(run.Inputs, CommandResults.Trim(result.Stdout), CommandResults.Trim(result.Stderr), secrets);
        if (run.Inputs.TextList("assetPaths") is { } assetPaths)
        {
            outputs = outputs.With("assets", PropertyValue.Of(await CollectedFiles.AssetsAsync(directory, assetPaths, cancellationToken)));
        }

        return run.Inputs.TextList("archivePaths") is { } archivePaths
            ? outputs.With("archive", await CollectedFiles.ArchiveAsync(directory, archivePaths, cancellationToken))
            : outputs;
    }

    private static async Task<LocalResult> RunAsync(
        LocalProcess process, CommandRun run, CommandOutputLog output, SecretTexts secrets, CancellationToken cancellationToken)
    {
        try
        {
            return await process.RunAsync(run.Timeout, output.Stdout, output.Stderr, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw ProviderException.Unknown(
                $"{exception.Message} Running \"{CommandFailure.Shorten(run.Command, secrets)}\":\n{output.Combined}", exception);
        }
        catch (IOException exception)
        {
            throw new ProviderException($"The command cannot be started: {exception.Message} Running \"{CommandFailure.Shorten(run.Command, secrets)}\".", exception);
        }
    }
}
