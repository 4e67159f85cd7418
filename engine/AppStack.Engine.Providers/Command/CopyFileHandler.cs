using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary><c>command:remote:CopyFile</c>, the older form of a copy: one file, replaced whenever an input changes.</summary>
internal sealed class CopyFileHandler(RemoteNodes nodes, HostKeyPolicy hostKeys, string workingDirectory) : ResourceHandler(
    "command:remote:CopyFile",
    new InputSchema(
        new InputProperty("connection", InputKind.Object, Required: true, Replaces: true),
        new InputProperty("localPath", InputKind.Text, Required: true, Replaces: true),
        new InputProperty("remotePath", InputKind.Text, Required: true, Replaces: true),
        new InputProperty("triggers", InputKind.AnyList, Replaces: true)))
{
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        RemoteInputs.CheckConnection(await base.CheckAsync(request, cancellationToken), hostKeys);

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new CreateResult("", request.Inputs);
        }

        var path = Path.GetFullPath(request.Inputs.Text("localPath")!, workingDirectory);
        if (!File.Exists(path))
        {
            throw new ProviderException($"There is no file '{path}' to copy.");
        }

        var upload = SshUpload.File(path, request.Inputs.Text("remotePath")!) with { NameInDirectory = null };
        await RemoteCopy.RunAsync(nodes, ConnectionInput.Read(request.Inputs, hostKeys.AllowUnknown), upload, request.Timeout, request.Log, cancellationToken);
        return new CreateResult(Ids.For(""), request.Inputs);
    }
}
