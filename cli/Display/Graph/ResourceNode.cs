namespace AppStack.Cli.Display.Graph;

/// <summary>One resource of a graph.</summary>
internal sealed class ResourceNode
{
    private readonly List<ResourceNode> _children = [];

    public ResourceNode(string urn, string type, string name, ResourceNode? parent)
    {
        Urn = urn;
        Type = UrnText.ShortType(type);
        Name = name;
        Parent = parent;
        parent?._children.Add(this);
    }

    /// <summary>Orders nodes by URN.</summary>
    public static IComparer<ResourceNode> ByUrn { get; } = Comparer<ResourceNode>.Create((a, b) => string.CompareOrdinal(a.Urn, b.Urn));

    /// <summary>The URN; empty for the stack.</summary>
    public string Urn { get; }

    /// <summary>The type token, as people read it.</summary>
    public string Type { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is part of.</summary>
    public ResourceNode? Parent { get; }

    /// <summary>Its parts, in the order of the state.</summary>
    public IReadOnlyList<ResourceNode> Children => _children;

    /// <summary>The package of the type: what the colour stands for.</summary>
    public string Package => Type.Split(':')[0];

    /// <summary>Everything below.</summary>
    public IEnumerable<ResourceNode> Descendants() => _children.SelectMany(child => child.Descendants().Prepend(child));

    /// <summary>Whether this is the other one, or somewhere in it.</summary>
    public bool IsWithin(ResourceNode other)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This node's ancestor, or itself, that is a direct part of another one.</summary>
    public ResourceNode? PartOf(ResourceNode whole)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at.Parent == whole)
            {
                return at;
            }
        }

        return null;
    }
}
