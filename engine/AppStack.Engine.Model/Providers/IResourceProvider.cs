using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>
/// Manages the resources of one package. Members may be called concurrently for different resources. Inputs arrive with secrets
/// marked and, in previews, with unknowns. A failed operation throws <see cref="ProviderException"/>; it says whether something exists.
/// </summary>
public interface IResourceProvider
{
    /// <summary>The package name, for example <c>command</c>.</summary>
    string Package { get; }

    /// <summary>The package version that this provider is compatible with; recorded in state.</summary>
    string Version { get; }

    /// <summary>Validates the provider's own configuration and fills in defaults.</summary>
    Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Tells whether a change of configuration needs the provider's resources replaced.</summary>
    Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Makes the provider ready; called once before any resource operation.</summary>
    Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken);

    /// <summary>Validates inputs and fills in defaults. What it returns is stored and diffed against next time.</summary>
    Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares what exists with new inputs.</summary>
    Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Creates a resource, or tells in a preview what it would give.</summary>
    Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a resource's present state.</summary>
    Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Updates a resource in place, or tells in a preview what it would give.</summary>
    Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a resource; one that is gone already is deleted successfully.</summary>
    Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a function of the package; what it says while it runs goes to the log.</summary>
    Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken);
}
