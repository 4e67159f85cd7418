using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary><c>command:local:run</c>: runs a command at each run of the program, previews too.</summary>
internal sealed class LocalRunFunction(LocalCommandRunner runner)
{
    public const string Token = "command:local:run";

    private static readonly InputSchema Schema = new(
    [
        new("command", InputKind.Text, Required: true),
        new("addPreviousOutputInEnv", InputKind.Bool),
        new("environment", InputKind.TextMap),
        new("logging", InputKind.Text),
        new("stdin", InputKind.Text),
        .. LocalCommandRunner.Inputs,
    ]);

    public async Task<InvokeResponse> InvokeAsync(PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken)
    {
        var check = LoggingMode.Check(Schema.Check(arguments));
        return check.Failures.IsEmpty
            ? new InvokeResponse(await runner.RunAsync(new CommandRun(check.Inputs.Text("command")!, check.Inputs, PropertyMap.Empty, Timeout: null, log), cancellationToken), [])
            : new InvokeResponse(PropertyMap.Empty, check.Failures);
    }
}
