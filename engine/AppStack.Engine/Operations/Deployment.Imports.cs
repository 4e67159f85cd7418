using System.Collections.Immutable;
using AppStack.Engine.Imports;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

// Imports without a program.
internal sealed partial class Deployment
{
    /// <summary>Takes resources over into state.</summary>
    /// <returns>The states of what is there in the end, whether it was taken over now or before.</returns>
    public async Task<ImmutableArray<ResourceState>> ImportAsync(ImmutableArray<ResourceImport> imports, bool protect)
    {
        // What there is stays, in its order; what is taken over comes after it.
        _journal.Append(new JournalEntry { Keep = [.. _states.Base().Select(resource => resource.Number)] });
        if (!_base.Resources.Any(state => state is { Type: Urns.StackType, Delete: false }))
        {
            await RegisterResourceAsync(
                new RegisterResourceRequest { Type = Urns.StackType, Name = $"{_settings.Project}-{_settings.Stack}", Custom = false }, _settings.Options.Abort);
        }

        var importer = new ResourceImporter(_journal, _states, _providers, _events, _settings, protect);
        using var workers = new SemaphoreSlim(Math.Max(_settings.Options.Parallel, 1));
        var running = new Dictionary<string, Task<ResourceState?>>(StringComparer.Ordinal);
        foreach (var import in imports)
        {
            Task<ResourceState?>[] before = [.. new[] { import.Parent, import.Provider }.OfType<string>().Where(running.ContainsKey).Select(urn => running[urn])];
            running.Add(import.Urn, ImportOneAsync(importer, import, before, workers));
        }

        var results = await Task.WhenAll(running.Values);
        FinishStack();
        return [.. results.OfType<ResourceState>()];
    }

    private async Task<ResourceState?> ImportOneAsync(ResourceImporter importer, ResourceImport import, Task<ResourceState?>[] before, SemaphoreSlim workers)
    {
        if (Array.Exists(await Task.WhenAll(before), needed => needed is null))
        {
            _failed = true;
            _events.Error($"{import.Urn} was not imported, because its parent or its provider was not.", import.Urn);
            return null;
        }

        await workers.WaitAsync();
        try
        {
            if (_stopped)
            {
                return null;
            }

            var state = await ImportOneAsync(importer, import);
            _failed |= state is null;
            return state;
        }
        catch (PlanningException exception)
        {
            Fail(import.Urn, $"importing {import.Urn}: {exception.Message}");
            return null;
        }
        finally
        {
            workers.Release();
        }
    }

    private async Task<ResourceState?> ImportOneAsync(ResourceImporter importer, ResourceImport import)
    {
        if (_states.FindBase(import.Urn) is { State: var there })
        {
            var isIt = Urns.IsProviderType(import.Type) || import.Component || (there.ImportId ?? there.Id) == import.Id || there.Id == import.Id;
            return isIt
                ? there
                : throw new PlanningException($"the stack has it already, with the id '{there.Id}'. Give the import another name, or forget that one with `appstack state delete`.");
        }

        if (Urns.IsProviderType(import.Type))
        {
            var goal = new Goal
            {
                Urn = import.Urn, Type = import.Type, Name = import.Name, Custom = true, Parent = import.Parent,
                Inputs = import.Version.Length == 0 ? import.Inputs ?? PropertyMap.Empty : (import.Inputs ?? PropertyMap.Empty).With("version", PropertyValue.Of(import.Version)),
            };
            _ = _providers.Package(Urns.ProviderPackage(import.Type));
            return (await RunAsync(goal)).Result == RegistrationResult.Success ? _states.FindLive(import.Urn)?.State : null;
        }

        if (import.Component)
        {
            return await importer.ImportAsync(import, provider: null);
        }

        var provider = import.Provider is { } given ? ReferenceOf(given) : await ImportProviderAsync(Urns.Package(import.Type), import.Version);
        return await importer.ImportAsync(import, provider);
    }

    private string ReferenceOf(string urn)
    {
        var state = (_states.FindLive(urn) ?? _states.FindBase(urn))?.State ?? throw new PlanningException($"there is no provider {urn}.");
        return $"{urn}::{state.Id}";
    }

    // A default provider that the stack has is used as it is, whatever the configuration says by now.
    private Task<string> ImportProviderAsync(string package, string version)
    {
        var actual = version.Length > 0 ? version : _providers.Package(package).Version;
        var urn = _registrar.UrnOf(parent: null, Urns.ProviderType(package), DefaultProviderName(actual));
        return _states.FindBase(urn) is { } there ? Task.FromResult($"{urn}::{there.State.Id}") : DefaultProviderAsync(package, actual);
    }
}
