using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Engine.Model.Values;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Commands;

/// <summary>
/// Puts the last good version of a service back when a new one did not become healthy. Until then that version serves, because no pod of it goes before
/// one of the new version is ready; afterwards it is also what the cluster and the state hold.
/// </summary>
internal sealed class ServiceRollback(CommandContext context, OperationRunner runner)
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    /// <summary>Looks whether the pods of a failed update did not become healthy, and if so puts the version before back.</summary>
    /// <param name="session">The service's stack.</param>
    /// <param name="request">The update that failed.</param>
    /// <returns>The exit code of the failed update: that the service runs is no success of the new version.</returns>
    public async Task<int> RunAsync(StackSession session, OperationRequest request)
    {
        var snapshot = await session.Manager.ReadSnapshotAsync();
        if (!snapshot.Resources.Any(state => state.Type == Deployment && !state.Delete && !state.InitErrors.IsEmpty))
        {
            return ExitCodes.Failed;
        }

        var lines = context.Terminal.ErrorLines;
        if (Release(await session.Manager.GetOutputsAsync()) is not { } release)
        {
            lines.Write(new Styled("This is the first version, so there is none to go back to. Its pods stay, so that you can look at them; put it right and run the command again.", "yellow"));
            return ExitCodes.Failed;
        }

        lines.Write(new Styled($"The new version did not become healthy. Version {release.Version}, which has served all the time, is put back.", "yellow"));
        var back = await runner.RunAsync(session.Target(release), request with { Yes = true, SkipPreview = true, Options = request.Options with { Plan = null } });
        lines.Write(back == ExitCodes.Done
            ? new Styled($"Version {release.Version} is back. Nothing of the new one is left, except migrations that had run.", "yellow")
            : new Styled($"Version {release.Version} could not be put back; its pods serve on, and those of the new version stay. Run the command again with a version that works.", "red"));
        return ExitCodes.Failed;
    }

    private static ServiceRelease? Release(PropertyMap outputs) =>
        outputs.Find(ServiceRelease.Output)?.WithoutSecrets() is PropertyValue.Map found
        && Text(found, "version") is { } version && Text(found, "image") is { } image && Text(found, "descriptor") is { } descriptor
            ? new ServiceRelease(version, image, descriptor)
            : null;

    private static string? Text(PropertyValue.Map found, string name) => (found.Members.Find(name) as PropertyValue.Text)?.Value;
}
