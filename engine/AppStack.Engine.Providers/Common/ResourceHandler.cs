using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>What a provider does for one type of resource. The defaults are those of a resource that exists in state alone.</summary>
internal abstract class ResourceHandler(string type, InputSchema schema)
{
    /// <summary>The type token.</summary>
    public string Type { get; } = type;

    /// <summary>The inputs.</summary>
    protected InputSchema Schema { get; } = schema;

    public virtual Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) => Task.FromResult(Schema.Check(request.NewInputs));

    public virtual DiffResult Diff(DiffRequest request) => Schema.Diff(request);

    public abstract Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    public virtual Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        throw new ProviderException($"A resource of the type {Type} is replaced when an input changes; it cannot be updated in place.");

    public virtual Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads what exists; without inputs it is an import.</summary>
    public virtual Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        request.State.Count == 0 && request.Inputs.Count == 0
            ? throw new ProviderException($"A resource of the type {Type} cannot be imported: nothing outside the state knows about it.")
            : Task.FromResult(new ReadResult(request.Id, request.State, request.Inputs.Count == 0 ? null : request.Inputs));
}
