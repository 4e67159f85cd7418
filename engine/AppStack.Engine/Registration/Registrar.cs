using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Execution;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Registration;

/// <summary>
/// Turns what the SDK asks for into goals: URNs, what is inherited from the parent, the provider to use, former identities. It knows the
/// goals of this run and nothing about state.
/// </summary>
/// <param name="stack">The stack's name.</param>
/// <param name="project">The project's name.</param>
/// <param name="providers">The packages there are.</param>
/// <param name="defaultProvider">Gives the reference of the default provider of a package and version, registering it when needed.</param>
internal sealed class Registrar(string stack, string project, ProviderRegistry providers, Func<string, string?, Task<string>> defaultProvider)
{
    private readonly ConcurrentDictionary<string, Goal> _goals = new(StringComparer.Ordinal);

    /// <summary>Under which URN a resource was found in state, where that is not its URN now.</summary>
    private readonly ConcurrentDictionary<string, string> _formerUrns = new(StringComparer.Ordinal);

    private volatile string? _stackUrn;

    /// <summary>The URN of the root resource, once it is registered.</summary>
    public string? StackUrn => _stackUrn;

    public ICollection<string> Urns => _goals.Keys;

    public void RememberFormerUrn(string urn, string former) => _formerUrns[urn] = former;

    public bool IsKnown(string urn) => _goals.ContainsKey(urn);

    /// <summary>Remembers a goal; false when there is one with that URN already.</summary>
    public bool Add(Goal goal) => _goals.TryAdd(goal.Urn, goal);

    public string UrnOf(string? parent, string type, string name) => State.Urns.Create(stack, project, parent, type, name);

    /// <summary>The parent that a request means: the stack where it names none.</summary>
    public string? ParentOf(string? parent, string type) => parent ?? (type == State.Urns.StackType ? null : _stackUrn);

    /// <summary>The goal behind a request.</summary>
    /// <exception cref="PlanningException">The request makes no sense; the message lists all that is wrong.</exception>
    public async Task<Goal> ResolveAsync(RegisterResourceRequest request)
    {
        Validate(request);
        var options = request.Options;
        var parentUrn = State.Urns.IsProviderType(request.Type) && request.Parent is null ? _stackUrn : ParentOf(request.Parent, request.Type);
        var parent = parentUrn is null ? null : Parent(parentUrn, request);
        var urn = UrnOf(parentUrn, request.Type, request.Name);
        if (request.Type == State.Urns.StackType)
        {
            _stackUrn = urn;
        }

        return new Goal
        {
            Urn = urn,
            Type = request.Type,
            Name = request.Name,
            Custom = request.Custom,
            Parent = parentUrn,
            Inputs = request.Inputs,
            PropertyDependencies = request.PropertyDependencies,
            Dependencies = request.Dependencies,
            Provider = await ProviderAsync(request, parent),
            Providers = parent is null ? request.Providers : parent.Providers.SetItems(request.Providers),
            Protect = options.Protect ?? parent?.Protect ?? false,
            RetainOnDelete = options.RetainOnDelete ?? parent?.RetainOnDelete ?? false,
            DeletedWith = options.DeletedWith ?? parent?.DeletedWith,
            DeleteBeforeReplace = options.DeleteBeforeReplace,
            IgnoreChanges = request.Custom ? options.IgnoreChanges : [],
            ReplaceOnChanges = request.Custom ? options.ReplaceOnChanges : [],
            HideDiffs = options.HideDiffs,
            AdditionalSecretOutputs = request.Custom ? options.AdditionalSecretOutputs : [],
            ReplaceWith = options.ReplaceWith,
            Aliases = AliasResolver.Resolve(urn, request.Type, parentUrn, options.Aliases, parentUrn is null ? null : _formerUrns.GetValueOrDefault(parentUrn)),
            Timeouts = request.Custom ? StateTimeouts.From(options.Timeouts) : default,
            ImportId = options.ImportId,
            ReplacementTrigger = options.ReplacementTrigger,
            SourcePosition = request.SourcePosition,
        };
    }

    private static void Validate(RegisterResourceRequest request)
    {
        var problems = new List<string>();
        if (request.Name.Length == 0)
        {
            problems.Add("it has no name");
        }

        if (request.Custom && !State.Urns.IsProviderType(request.Type) && request.Type.Split(':').Length != 3)
        {
            problems.Add($"the type of a custom resource has three parts, package:module:Type, but '{request.Type}' has not");
        }

        if (request.Type.Length == 0)
        {
            problems.Add("it has no type");
        }

        foreach (var urn in request.Dependencies.Concat(request.Options.ReplaceWith).Append(request.Options.DeletedWith).Append(request.Parent).OfType<string>())
        {
            if (!State.Urns.IsValid(urn))
            {
                problems.Add($"'{urn}' is not a URN");
            }
        }

        foreach (var path in request.Options.IgnoreChanges.Concat(request.Options.ReplaceOnChanges).Concat(request.Options.HideDiffs))
        {
            try
            {
                PropertyPath.Parse(path);
            }
            catch (FormatException exception)
            {
                problems.Add(exception.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new PlanningException($"The resource '{request.Name}' ({request.Type}) cannot be registered: {string.Join("; ", problems)}.");
        }
    }

    private Goal Parent(string urn, RegisterResourceRequest request) =>
        _goals.TryGetValue(urn, out var goal)
            ? goal
            : throw new PlanningException($"The resource '{request.Name}' ({request.Type}) has the parent {urn}, which this program has not registered.");

    private async Task<string?> ProviderAsync(RegisterResourceRequest request, Goal? parent)
    {
        if (State.Urns.IsProviderType(request.Type))
        {
            _ = providers.Package(State.Urns.ProviderPackage(request.Type));
            return null;
        }

        if (!request.Custom)
        {
            return null;
        }

        var package = State.Urns.Package(request.Type);
        _ = providers.Package(package);
        if (request.Provider is { } given)
        {
            return State.Urns.TryParseReference(given, out var urn, out _) && State.Urns.ProviderPackage(State.Urns.Type(urn)) == package
                ? given
                : throw new PlanningException($"The resource '{request.Name}' ({request.Type}) is given the provider {given}, which is not one of the package '{package}'.");
        }

        if (parent?.Provider is { } inherited
            && State.Urns.TryParseReference(inherited, out var inheritedUrn, out _)
            && State.Urns.ProviderPackage(State.Urns.Type(inheritedUrn)) == package)
        {
            return inherited;
        }

        return parent is not null && parent.Providers.TryGetValue(package, out var ofParent) ? ofParent : await defaultProvider(package, request.Options.Version);
    }
}
