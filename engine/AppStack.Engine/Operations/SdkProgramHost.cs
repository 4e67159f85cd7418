using AppStack.Engine.Model.Registration;
using Pulumi;

namespace AppStack.Engine.Operations;

/// <summary>Runs a program on the SDK.</summary>
internal sealed class SdkProgramHost : IProgramHost
{
    public Task<int> RunAsync(Func<Task<int>> program, ProgramContext context, IResourceMonitor monitor, CancellationToken cancellationToken)
    {
        var host = new ProgramHost
        {
            Monitor = monitor,
            Project = context.Project,
            Stack = context.Stack,
            Organization = context.Organization,
            RootDirectory = context.RootDirectory,
            IsDryRun = context.IsPreview,
            Config = context.Config,
            ConfigSecretKeys = context.SecretKeys,
            CancellationToken = cancellationToken,
        };
        return host.RunAsync(program);
    }
}
