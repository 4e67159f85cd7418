using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Operations;

/// <summary>The built-in package <c>pulumi</c>: references to other stacks.</summary>
/// <param name="readStackOutputs">Gives the outputs of a stack by name; <see langword="null"/> when there is no such stack.</param>
internal sealed class PulumiProvider(Func<string, Task<PropertyMap?>> readStackOutputs) : IResourceProvider
{
    private const string StackReference = "pulumi:pulumi:StackReference";

    public string Package => "pulumi";

    public string Version => "";

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) => Task.FromResult(CheckResult.Ok(request.NewInputs));

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(DiffResult.None);

    public Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(
            request.Type == StackReference
                ? CheckResult.Ok(request.NewInputs)
                : new CheckResult(request.NewInputs, [new CheckFailure("", $"The resource type {request.Type} is not supported by the embedded engine.")]));

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(DiffResult.Undecided);

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var name = (request.Inputs.Find("name") as PropertyValue.Text)?.Value ?? request.Name;
        return new CreateResult(name, await ReadOutputsAsync(name));
    }

    public async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        request.Type == StackReference
            ? new ReadResult(request.Id, await ReadOutputsAsync(request.Id))
            : throw new ProviderException($"The resource type {request.Type} is not supported by the embedded engine.");

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) => new(await ReadOutputsAsync(request.Id));

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) =>
        throw new ProviderException($"The function {token} is not supported by the embedded engine.");

    private async Task<PropertyMap> ReadOutputsAsync(string stack)
    {
        var outputs = await readStackOutputs(stack) ?? throw new ProviderException($"There is no stack '{stack}' in this backend.");
        var secretNames = outputs.Where(output => output.Value.ContainsSecrets).Select(output => PropertyValue.Of(output.Key)).ToImmutableArray();
        return PropertyMap.Of(
            ("name", PropertyValue.Of(stack)),
            ("outputs", PropertyValue.Of(outputs)),
            ("secretOutputNames", new PropertyValue.List(secretNames)));
    }
}
