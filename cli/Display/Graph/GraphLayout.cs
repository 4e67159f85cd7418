namespace AppStack.Cli.Display.Graph;

/// <summary>
/// Places the resources of a graph. Inside of each box the parts stand in columns: what needs nothing of the others at the left, what needs
/// it right of that. Long columns are folded, so that pictures stay about as wide as screens are. Units are pixels.
/// </summary>
internal sealed class GraphLayout
{
    /// <summary>The width of one letter of 12 px in a monospaced font, which all measures come from.</summary>
    public const double Letter = 7.3;

    /// <summary>The height of a resource without parts.</summary>
    public const double CardHeight = 42;

    /// <summary>The height of a box's heading.</summary>
    public const double Heading = 40;

    private const double Gap = 14;
    private const double ColumnGap = 46;
    private const double Padding = 14;
    private const int LongestText = 34;

    private readonly Dictionary<ResourceNode, Frame> _frames = [];

    private GraphLayout()
    {
    }

    /// <summary>A resource's place.</summary>
    internal readonly record struct Frame(double X, double Y, double Width, double Height);

    /// <summary>Places everything; the root is at 0, 0.</summary>
    public static GraphLayout Of(ResourceGraph graph)
    {
        var layout = new GraphLayout();
        layout.Measure(graph.Root, graph);
        layout.Shift(graph.Root, 0, 0);
        return layout;
    }

    /// <summary>Where a resource is.</summary>
    public Frame this[ResourceNode node] => _frames[node];

    /// <summary>A text that fits.</summary>
    public static string Short(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";

    // Sizes first, with places relative to the parent.
    private void Measure(ResourceNode node, ResourceGraph graph)
    {
        var width = (Math.Max(Short(node.Name).Length, Short(node.Type).Length) * Letter) + (2 * Padding);
        if (node.Children.Count == 0)
        {
            _frames[node] = new Frame(0, 0, Math.Max(width, 110), CardHeight);
            return;
        }

        foreach (var child in node.Children)
        {
            Measure(child, graph);
        }

        var (x, bottom) = (Padding, Heading + Padding);
        foreach (var layer in Layers(node, graph))
        {
            foreach (var column in Fold(layer))
            {
                var y = Heading + Padding;
                foreach (var child in column)
                {
                    _frames[child] = _frames[child] with { X = x, Y = y };
                    y += _frames[child].Height + Gap;
                }

                bottom = Math.Max(bottom, y - Gap);
                x += column.Max(child => _frames[child].Width) + Gap;
            }

            x += ColumnGap - Gap;
        }

        _frames[node] = new Frame(0, 0, Math.Max(x - ColumnGap + Padding, width), bottom + Padding);
    }

    private void Shift(ResourceNode node, double x, double y)
    {
        var frame = _frames[node];
        _frames[node] = frame = frame with { X = frame.X + x, Y = frame.Y + y };
        foreach (var child in node.Children)
        {
            Shift(child, frame.X, frame.Y);
        }
    }

    private static IEnumerable<List<ResourceNode>> Layers(ResourceNode parent, ResourceGraph graph)
    {
        var needs = parent.Children.ToDictionary(child => child, _ => new HashSet<ResourceNode>());
        foreach (var (from, to) in graph.Edges)
        {
            if (from.PartOf(parent) is { } source && to.PartOf(parent) is { } target && source != target)
            {
                needs[target].Add(source);
            }
        }

        var depths = new Dictionary<ResourceNode, int>();
        var open = new HashSet<ResourceNode>();
        foreach (var child in parent.Children)
        {
            Depth(child);
        }

        var layers = parent.Children.GroupBy(child => depths[child]).OrderBy(group => group.Key).Select(group => group.ToList()).ToList();
        for (var i = 1; i < layers.Count; i++)
        {
            // Near what they need, so that arrows are short.
            var before = layers[i - 1].Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => (double)pair.index);
            layers[i] = [.. layers[i].OrderBy(node => needs[node].Where(before.ContainsKey).Select(needed => before[needed]).DefaultIfEmpty(double.MaxValue).Average())];
        }

        return layers;

        int Depth(ResourceNode node)
        {
            // Parts of two boxes may need each other crosswise; the circle is cut where it closes.
            if (depths.TryGetValue(node, out var known))
            {
                return known;
            }

            if (!open.Add(node))
            {
                return -1;
            }

            var depth = needs[node].Select(Depth).DefaultIfEmpty(-1).Max() + 1;
            open.Remove(node);
            return depths[node] = depth;
        }
    }

    // A column of many becomes several of about the height that makes them as high as wide, times 16 to 10.
    private IEnumerable<List<ResourceNode>> Fold(List<ResourceNode> layer)
    {
        var height = layer.Sum(child => _frames[child].Height + Gap);
        var width = layer.Max(child => _frames[child].Width);
        var limit = Math.Max(Math.Sqrt(height * width * 10 / 16), 6 * CardHeight);
        var column = new List<ResourceNode>();
        var used = 0.0;
        foreach (var child in layer)
        {
            if (column.Count > 0 && used + _frames[child].Height > limit)
            {
                yield return column;
                column = [];
                used = 0;
            }

            column.Add(child);
            used += _frames[child].Height + Gap;
        }

        yield return column;
    }
}
