using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary><c>command:local:Command</c>: commands on this machine.</summary>
internal sealed class LocalCommandHandler(LocalCommandRunner runner) : CommandHandler(
    "command:local:Command",
    new InputSchema([.. CommonInputs, .. LocalCommandRunner.Inputs]))
{
    protected override Task<PropertyMap> RunAsync(CommandRun run, CancellationToken cancellationToken) => runner.RunAsync(run, cancellationToken);
}
