using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary><c>command:remote:CopyToRemote</c>: copies a file, a directory or an archive to a node. Deleting it leaves the copy.</summary>
internal sealed class CopyToRemoteHandler(RemoteNodes nodes, HostKeyPolicy hostKeys, string workingDirectory) : ResourceHandler(
    "command:remote:CopyToRemote",
    new InputSchema(
        new InputProperty("connection", InputKind.Object, Required: true),
        new InputProperty("remotePath", InputKind.Text, Required: true),
        new InputProperty("source", InputKind.AssetOrArchive, Required: true),
        new InputProperty("triggers", InputKind.AnyList, Replaces: true)))
{
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var result = RemoteInputs.CheckConnection(Schema.Check(request.NewInputs), hostKeys);
        if (result.Inputs.Find("source") is not { ContainsUnknowns: false } source)
        {
            return result;
        }

        try
        {
            return result with { Inputs = result.Inputs.With("source", await AssetHash.EnsureAsync(source, workingDirectory, cancellationToken)) };
        }
        catch (ProviderException exception)
        {
            return result with { Failures = result.Failures.Add(new CheckFailure("source", exception.Message)) };
        }
    }

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new CreateResult("", request.Inputs);
        }

        await CopyAsync(request.Inputs, request.Timeout, request.Log, cancellationToken);
        return new CreateResult(Ids.For(""), request.Inputs);
    }

    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var isSame = Hash(request.NewInputs) == Hash(request.OldOutputs)
            && request.NewInputs.Text("remotePath") == request.OldOutputs.Text("remotePath");
        if (!request.Preview && !isSame)
        {
            await CopyAsync(request.NewInputs, request.Timeout, request.Log, cancellationToken);
        }

        return new UpdateResult(request.NewInputs);
    }

    private static string? Hash(PropertyMap properties) => properties.Find("source")?.WithoutSecrets() switch
    {
        PropertyValue.Asset asset => asset.Hash,
        PropertyValue.Archive archive => archive.Hash,
        _ => null,
    };

    private async Task CopyAsync(PropertyMap inputs, TimeSpan? timeout, IOperationLog log, CancellationToken cancellationToken)
    {
        var source = inputs.Find("source")!.WithoutSecrets();
        var upload = await CopySource.ToUploadAsync(source, inputs.Text("remotePath")!, workingDirectory, cancellationToken);
        await RemoteCopy.RunAsync(nodes, ConnectionInput.Read(inputs, hostKeys.AllowUnknown), upload, timeout, log, cancellationToken);
    }
}
