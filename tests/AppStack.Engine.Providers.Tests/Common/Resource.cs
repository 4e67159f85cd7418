using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Tests.Common;

/// <summary>One resource of a provider under test, driven through its life as the engine does it.</summary>
internal sealed class Resource(IResourceProvider provider, string type, string name = "res")
{
    private const string Urn = "urn:pulumi:test::project::the:type:Here::res";

    public string Id { get; private set; } = "";

    public PropertyMap Inputs { get; private set; } = PropertyMap.Empty;

    public PropertyMap Outputs { get; private set; } = PropertyMap.Empty;

    public RecordingLog Log { get; private set; } = new();

    /// <summary>Validates, and fails when the inputs are wrong.</summary>
    public async Task<PropertyMap> CheckAsync(PropertyMap inputs)
    {
        var result = await provider.CheckAsync(new CheckRequest(Urn, type, Inputs.Count == 0 ? null : Inputs, inputs), default);
        Assert.Empty(result.Failures);
        return result.Inputs;
    }

    public async Task<IReadOnlyList<CheckFailure>> FailuresAsync(PropertyMap inputs) =>
        (await provider.CheckAsync(new CheckRequest(Urn, type, OldInputs: null, inputs), default)).Failures;

    public async Task<PropertyMap> PreviewAsync(PropertyMap inputs) =>
        (await provider.CreateAsync(new CreateRequest(Urn, type, name, await CheckAsync(inputs), Timeout: null, Preview: true, Log), default)).Outputs;

    public async Task<Resource> CreateAsync(PropertyMap inputs, TimeSpan? timeout = null, RecordingLog? log = null, CancellationToken cancellationToken = default)
    {
        Log = log ?? new RecordingLog();
        var check = await CheckAsync(inputs);
        var result = await provider.CreateAsync(new CreateRequest(Urn, type, name, check, timeout, Preview: false, Log), cancellationToken);
        (Id, Inputs, Outputs) = (result.Id, check, result.Outputs);
        return this;
    }

    public async Task<DiffResult> DiffAsync(PropertyMap inputs) =>
        await provider.DiffAsync(new DiffRequest(Urn, type, Id, Inputs, Outputs, await CheckAsync(inputs), []), default);

    public async Task<Resource> UpdateAsync(PropertyMap inputs)
    {
        Log = new RecordingLog();
        var check = await CheckAsync(inputs);
        var result = await provider.UpdateAsync(new UpdateRequest(Urn, type, Id, Inputs, Outputs, check, [], Timeout: null, Preview: false, Log), default);
        (Inputs, Outputs) = (check, result.Outputs);
        return this;
    }

    public async Task<PropertyMap> PreviewUpdateAsync(PropertyMap inputs) =>
        (await provider.UpdateAsync(new UpdateRequest(Urn, type, Id, Inputs, Outputs, await CheckAsync(inputs), [], Timeout: null, Preview: true, Log), default)).Outputs;

    public Task DeleteAsync() => provider.DeleteAsync(new DeleteRequest(Urn, type, Id, Inputs, Outputs, Timeout: null, Log), default);

    public Task<ReadResult> ImportAsync(string id) =>
        provider.ReadAsync(new ReadRequest(Urn, type, id, PropertyMap.Empty, PropertyMap.Empty, Log), default);

    public Task<ReadResult> ReadAsync() => provider.ReadAsync(new ReadRequest(Urn, type, Id, Inputs, Outputs, Log), default);

    public string Text(string output) => ((PropertyValue.Text)Outputs[output].WithoutSecrets()).Value;

    public bool IsSecret(string output) => Outputs[output] is PropertyValue.Secret;
}
