using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary>
/// A resource whose value is made once and then lives in state. Any change replaces it; giving explicitly what is the default anyway
/// is no change.
/// </summary>
internal abstract class RandomHandler(string type, PropertyMap defaults, params InputProperty[] inputs) : ResourceHandler(
    type,
    new InputSchema([.. inputs, new("keepers", InputKind.TextMap, Replaces: true)]))
{
    public override DiffResult Diff(DiffRequest request) =>
        Schema.Diff(request with { OldInputs = Effective(request.OldInputs), NewInputs = Effective(request.NewInputs) });

    public override Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var effective = Effective(request.Inputs);
        if (!request.Preview)
        {
            var (id, outputs) = Make(effective);
            return Task.FromResult(new CreateResult(id, outputs.With("id", PropertyValue.Of(id))));
        }

        var preview = effective.With("id", PropertyValue.Unknown.Instance);
        foreach (var (name, isSecret) in Results)
        {
            preview = preview.With(name, isSecret ? PropertyValue.Unknown.Instance.AsSecret() : PropertyValue.Unknown.Instance);
        }

        return Task.FromResult(new CreateResult("", preview));
    }

    public override Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (request.State.Count > 0 || request.Inputs.Count > 0)
        {
            return base.ReadAsync(request, cancellationToken);
        }

        var (id, inputs, outputs) = Import(request.Id);
        return Task.FromResult(new ReadResult(id, outputs.With("id", PropertyValue.Of(id)), inputs));
    }

    /// <summary>The outputs that are made, and whether each is secret.</summary>
    protected abstract IReadOnlyList<(string Name, bool IsSecret)> Results { get; }

    /// <summary>Makes the value.</summary>
    /// <param name="inputs">The inputs with defaults.</param>
    protected abstract (string Id, PropertyMap Outputs) Make(PropertyMap inputs);

    /// <summary>Takes over an existing value, written as an id.</summary>
    protected virtual (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id) =>
        throw new ProviderException($"A resource of the type {Type} cannot be imported.");

    /// <summary>The inputs with defaults filled in and empty keepers left out.</summary>
    protected virtual PropertyMap Effective(PropertyMap inputs)
    {
        foreach (var (name, value) in defaults)
        {
            inputs = inputs.ContainsKey(name) ? inputs : inputs.With(name, value);
        }

        return inputs.Find("keepers") is PropertyValue.Map { Members.Count: 0 } ? inputs.Without("keepers") : inputs;
    }
}
