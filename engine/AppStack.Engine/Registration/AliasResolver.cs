using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Registration;

/// <summary>Turns aliases into the URNs that a resource may have had.</summary>
internal static class AliasResolver
{
    /// <summary>The URNs to look up, in order.</summary>
    /// <param name="urn">The resource's URN now.</param>
    /// <param name="type">Its type token.</param>
    /// <param name="parent">Its parent now.</param>
    /// <param name="aliases">What the program says about earlier identities.</param>
    /// <param name="formerParent">The URN under which the parent was found in state, when that is not its URN now.</param>
    public static ImmutableArray<string> Resolve(string urn, string type, string? parent, ImmutableArray<AliasSpec> aliases, string? formerParent)
    {
        if (aliases.Length == 0 && formerParent is null)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var alias in aliases)
        {
            Add(Former(urn, type, parent, alias));
        }

        if (formerParent is not null && parent is not null)
        {
            Add(UnderFormerParent(type, Urns.Name(urn), parent, formerParent));
            foreach (var alias in aliases)
            {
                if (alias is { Urn: null, ParentUrn: null, NoParent: false })
                {
                    Add(UnderFormerParent(alias.Type ?? type, alias.Name ?? Urns.Name(urn), parent, formerParent));
                }
            }
        }

        return result.ToImmutable();

        void Add(string candidate)
        {
            if (candidate != urn && !result.Contains(candidate))
            {
                result.Add(candidate);
            }
        }
    }

    private static string Former(string urn, string type, string? parent, AliasSpec alias)
    {
        if (alias.Urn is { } whole)
        {
            return whole;
        }

        var formerParent = alias.NoParent ? null : alias.ParentUrn ?? parent;
        return Urns.Create(alias.Stack ?? Urns.Stack(urn), alias.Project ?? Urns.Project(urn), formerParent, alias.Type ?? type, alias.Name ?? Urns.Name(urn));
    }

    // A child named after its parent was named after the parent's former name.
    private static string UnderFormerParent(string type, string name, string parent, string formerParent)
    {
        var parentName = Urns.Name(parent);
        var formerName = name.StartsWith(parentName, StringComparison.Ordinal) ? Urns.Name(formerParent) + name[parentName.Length..] : name;
        return Urns.Create(Urns.Stack(formerParent), Urns.Project(formerParent), formerParent, type, formerName);
    }
}
