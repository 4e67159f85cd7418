using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary><c>command:remote:Command</c>: commands on a node over SSH.</summary>
internal sealed class RemoteCommandHandler(RemoteNodes nodes, HostKeyPolicy hostKeys) : CommandHandler(
    "command:remote:Command",
    new InputSchema([.. CommonInputs, new("connection", InputKind.Object, Required: true)]))
{
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        RemoteInputs.CheckConnection(await base.CheckAsync(request, cancellationToken), hostKeys);

    protected override async Task<PropertyMap> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var secrets = ConnectionInput.Secrets(run.Inputs);
        var output = new CommandOutputLog(run.Log, run.Inputs.Text("logging"), secrets);
        var endpoint = ConnectionInput.Read(run.Inputs, hostKeys.AllowUnknown);
        var command = new SshCommand(run.Command)
        {
            Stdin = run.Inputs.Text("stdin") is { Length: > 0 } stdin ? SshInput.Of(stdin) : null,
            Environment = run.Inputs.TextMap("environment"),
            OptionalEnvironment = PreviousOutput.Variables(run.Inputs, run.PreviousOutputs),
            Timeout = run.Timeout,
            OnStdoutLine = output.Stdout,
            OnStderrLine = output.Stderr,
        };
        try
        {
            var spent = await nodes.ConnectAsync(endpoint, run.Timeout, cancellationToken);
            var result = await nodes.Ssh.RunAsync(endpoint, command with { TimeoutSpent = spent }, cancellationToken);
            if (!result.Succeeded)
            {
                throw CommandFailure.Describe(run.Command, result.ExitCode, result.Signal, endpoint.DisplayName, output, secrets);
            }

            WarnOfRefusedVariables(run, endpoint, result);
            return CommandResults.Of(run.Inputs, CommandResults.Trim(result.Stdout), CommandResults.Trim(result.Stderr), secrets);
        }
        catch (SshException exception)
        {
            throw RemoteFailure.Describe(exception, secrets.MaskIn);
        }
    }

    private static void WarnOfRefusedVariables(CommandRun run, SshEndpoint endpoint, SshResult result)
    {
        // They are there by default and seldom used, so their absence is only worth a warning when somebody asked for them.
        if (!result.RefusedEnvironment.IsEmpty && run.Inputs.Bool("addPreviousOutputInEnv") == true)
        {
            run.Log.Write(
                LogSeverity.Warning,
                $"The sshd of {endpoint.DisplayName} does not accept {string.Join(" and ", result.RefusedEnvironment)}; allow them with AcceptEnv in its sshd_config.");
        }
    }
}
