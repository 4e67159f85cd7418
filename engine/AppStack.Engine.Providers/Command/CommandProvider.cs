using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>The package <c>command</c>: commands on this machine and on nodes, and copies to nodes.</summary>
internal sealed class CommandProvider : PackageProvider
{
    /// <summary>The environment variable that allows nodes without a pinned host key.</summary>
    public const string InsecureVariable = "APPSTACK_INSECURE_HOST_KEYS";

    private const string InsecureKey = "insecureHostKeys";

    // Pulumi's own provider puts the version of the library that it is made with into its configuration. It is kept, so that a stack can
    // move from one engine to the other without a change.
    private const string LibraryVersionKey = "__pulumi-go-provider-version";
    private const string LibraryVersion = "1.2.0";

    private readonly HostKeyPolicy _hostKeys;
    private readonly bool _allowUnknownByDefault;
    private readonly LocalRunFunction _localRun;

    public CommandProvider(ISshClient ssh, BuiltInProviderOptions options)
    {
        _allowUnknownByDefault = options.AllowUnknownHostKeys;
        _hostKeys = new HostKeyPolicy(_allowUnknownByDefault);
        var runner = new LocalCommandRunner(options.WorkingDirectory, options.TimeProvider);
        _localRun = new LocalRunFunction(runner);
        Add(new LocalCommandHandler(runner));
        var nodes = new RemoteNodes(ssh, options.TimeProvider);
        Add(new RemoteCommandHandler(nodes, _hostKeys));
        Add(new CopyToRemoteHandler(nodes, _hostKeys, options.WorkingDirectory));
        Add(new CopyFileHandler(nodes, _hostKeys, options.WorkingDirectory));
    }

    /// <inheritdoc/>
    public override string Package => "command";

    /// <inheritdoc/>
    public override string Version => "1.2.1";

    /// <inheritdoc/>
    public override Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var inputs = request.NewInputs.With(LibraryVersionKey, PropertyValue.Of(LibraryVersion));
        return Task.FromResult(
            inputs.Find(InsecureKey)?.WithoutSecrets() is null or PropertyValue.Bool or PropertyValue.Unknown or PropertyValue.Text { Value: "true" or "false" }
                ? CheckResult.Ok(inputs)
                : new CheckResult(inputs, [new CheckFailure(InsecureKey, "must be true or false")]));
    }

    /// <inheritdoc/>
    public override Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken)
    {
        _hostKeys.AllowUnknown = _allowUnknownByDefault
            || configuration.Find(InsecureKey)?.WithoutSecrets() is PropertyValue.Bool { Value: true } or PropertyValue.Text { Value: "true" };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) =>
        token == LocalRunFunction.Token
            ? _localRun.InvokeAsync(arguments, log, cancellationToken)
            : base.InvokeAsync(token, arguments, log, cancellationToken);
}
