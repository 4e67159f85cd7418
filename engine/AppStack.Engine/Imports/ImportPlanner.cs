using System.Collections.Immutable;
using AppStack.Engine.State;

namespace AppStack.Engine.Imports;

/// <summary>Resolves the names of an import file. Pure; all that is wrong is told at once.</summary>
internal sealed class ImportPlanner(string stack, string project, Snapshot state, ImportFile file)
{
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, ImportSpec> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ambiguous = new(StringComparer.Ordinal);
    private readonly Dictionary<ImportSpec, string?> _urns = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ResourceState> _existing = state.Resources.Where(found => !found.Delete).ToDictionary(found => found.Urn, StringComparer.Ordinal);

    /// <summary>The resources to take over, each after its parent and its provider.</summary>
    /// <exception cref="InvalidImportException">Something is wrong.</exception>
    public ImmutableArray<ResourceImport> Plan()
    {
        var specs = file.Resources.Select(Named).ToArray();
        if (specs.Length == 0)
        {
            _problems.Add("There is nothing to import.");
        }

        foreach (var (name, urn) in file.NameTable)
        {
            if (!Urns.IsValid(urn))
            {
                _problems.Add($"The name table gives '{name}' the URN '{urn}', which is none.");
            }
            else if (!_existing.ContainsKey(urn))
            {
                _problems.Add($"The name table gives '{name}' the URN {urn}, which the stack does not have.");
            }
        }

        foreach (var spec in specs)
        {
            if (spec.Name.Length > 0 && !_byName.TryAdd(spec.Name, spec))
            {
                _ambiguous.Add(spec.Name);
            }
        }

        for (var i = 0; i < specs.Length; i++)
        {
            Check(specs[i], Describe(specs[i], i));
        }

        var ordered = new List<ResourceImport>();
        if (_problems.Count == 0)
        {
            var left = specs.ToList();
            var urns = new HashSet<string>(StringComparer.Ordinal);
            foreach (var spec in specs)
            {
                if (UrnOf(spec, []) is { } urn && !urns.Add(urn))
                {
                    _problems.Add($"{Describe(spec, 0)} is in the file twice ({urn}). Give one of them another name, or a logicalName.");
                }
            }

            while (_problems.Count == 0 && left.Count > 0)
            {
                var ready = left.Where(spec => !left.Any(other => !ReferenceEquals(other, spec) && (Refers(spec.Parent, other) || Refers(spec.Provider, other)))).ToArray();
                if (ready.Length == 0)
                {
                    _problems.Add($"{Describe(left[0], 0)} and its parents or providers refer to each other in a circle.");
                    break;
                }

                ordered.AddRange(ready.Select(ToImport));
                left.RemoveAll(ready.Contains);
            }
        }

        return _problems.Count == 0 ? [.. ordered] : throw new InvalidImportException([.. _problems]);
    }

    // Each of the two names is the other where it is missing.
    private static ImportSpec Named(ImportSpec spec) => spec with
    {
        Name = spec.Name.Length > 0 ? spec.Name : spec.LogicalName,
        LogicalName = spec.LogicalName.Length > 0 ? spec.LogicalName : spec.Name,
    };

    private static string Describe(ImportSpec spec, int index) =>
        $"The resource {(spec.Name.Length > 0 ? $"'{spec.Name}'" : spec.Id.Length > 0 ? $"'{spec.Id}'" : $"number {index + 1}")}{(spec.Type.Length > 0 ? $" ({spec.Type})" : "")}";

    private static bool Refers(string name, ImportSpec spec) => name.Length > 0 && name == spec.Name;

    private void Check(ImportSpec spec, string who)
    {
        var isProvider = Urns.IsProviderType(spec.Type);
        Require(spec.Type.Length > 0, "has no type.");
        Require(spec.Name.Length > 0, "has no name.");
        Require(spec.Type.Length == 0 || spec.Component || spec.Type.Split(':').Length == 3, "has a type that is not package:module:Type.");
        Require(!isProvider || spec.Id.Length == 0, "has an id, but a provider is made, not taken over.");
        Require(!isProvider || !spec.Component, "is a provider and cannot be a component.");
        Require(!isProvider || spec.Outputs is null, "is a provider and cannot have outputs.");
        Require(isProvider || spec.Component || spec.Id.Length > 0, "has no id.");
        Require(!spec.Component || spec.Id.Length == 0, "has an id, but is a component.");
        Require(!spec.Component || spec.Provider.Length == 0, "has a provider, but is a component.");
        if (spec.Parent.Length > 0)
        {
            Require(!_ambiguous.Contains(spec.Parent), $"has the parent '{spec.Parent}', which several resources are named.");
            Require(Knows(spec.Parent), $"has the parent '{spec.Parent}', which is neither in 'nameTable' nor among the resources.");
        }

        if (spec.Provider.Length > 0)
        {
            Require(!_ambiguous.Contains(spec.Provider), $"has the provider '{spec.Provider}', which several resources are named.");
            Require(Knows(spec.Provider), $"has the provider '{spec.Provider}', which is neither in 'nameTable' nor among the resources.");
            Require(!Knows(spec.Provider) || ProviderPackage(spec.Provider) == Urns.Package(spec.Type), $"has the provider '{spec.Provider}', which is none of its package.");
        }

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                _problems.Add($"{who} {problem}");
            }
        }
    }

    private bool Knows(string name) => file.NameTable.ContainsKey(name) || _byName.ContainsKey(name);

    private string? ProviderPackage(string name)
    {
        var type = file.NameTable.TryGetValue(name, out var urn) ? (Urns.IsValid(urn) ? Urns.Type(urn) : "") : _byName[name].Type;
        return Urns.IsProviderType(type) ? Urns.ProviderPackage(type) : null;
    }

    private string? UrnOfName(string name, HashSet<string> path) =>
        file.NameTable.TryGetValue(name, out var urn) ? urn : UrnOf(_byName[name], path);

    // Null when parents refer to each other.
    private string? UrnOf(ImportSpec spec, HashSet<string> path)
    {
        if (_urns.TryGetValue(spec, out var known))
        {
            return known;
        }

        if (!path.Add(spec.Name))
        {
            _problems.Add($"{Describe(spec, 0)} is its own ancestor.");
            return null;
        }

        var parent = spec.Parent.Length == 0 ? null : UrnOfName(spec.Parent, path);
        var urn = spec.Parent.Length > 0 && parent is null ? null : Urns.Create(stack, project, parent, spec.Type, spec.LogicalName);
        _urns[spec] = urn;
        return urn;
    }

    private ResourceImport ToImport(ImportSpec spec)
    {
        var parent = spec.Parent.Length > 0 ? UrnOfName(spec.Parent, []) : Urns.Create(stack, project, parentUrn: null, Urns.StackType, $"{project}-{stack}");
        return new ResourceImport(
            UrnOf(spec, [])!, spec.Type, spec.LogicalName, spec.Id, parent,
            spec.Provider.Length > 0 ? UrnOfName(spec.Provider, []) : null,
            spec.Version, spec.Component, spec.Inputs, spec.Outputs);
    }
}
