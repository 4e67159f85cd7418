using AppStack.Engine.Diagnostics;
using AppStack.Engine.Planning;

namespace AppStack.Engine.Projects;

/// <summary>Values inside configuration objects, as <c>config --path</c> names them: <c>site.racks[0].name</c>.</summary>
internal static class ConfigPath
{
    public static ConfigNode? Get(ConfigNode? node, ReadOnlySpan<PropertyPath.Segment> path)
    {
        foreach (var segment in path)
        {
            node = node switch
            {
                ConfigNode.Map map when segment.Name is { } name => map.Find(name),
                ConfigNode.List list when segment.Index >= 0 && segment.Index < list.Items.Length => list.Items[segment.Index],
                _ => null,
            };
        }

        return node;
    }

    public static ConfigNode Set(ConfigNode? node, ReadOnlySpan<PropertyPath.Segment> path, ConfigNode value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        var head = path[0];
        if (head.Name is { } name)
        {
            var map = node switch
            {
                null => new ConfigNode.Map([]),
                ConfigNode.Map existing => existing,
                _ => throw new StackException($"The configuration path goes through '{name}', but what is there is not an object."),
            };
            return map.With(name, Set(map.Find(name), path[1..], value));
        }

        var list = node switch
        {
            null => new ConfigNode.List([]),
            ConfigNode.List existing => existing,
            _ => throw new StackException($"The configuration path goes through '[{head.Index}]', but what is there is not a list."),
        };
        if (head.Index < 0 || head.Index > list.Items.Length)
        {
            throw new StackException($"The configuration path names the element {head.Index} of a list of {list.Items.Length}.");
        }

        return head.Index == list.Items.Length
            ? new ConfigNode.List(list.Items.Add(Set(node: null, path[1..], value)))
            : new ConfigNode.List(list.Items.SetItem(head.Index, Set(list.Items[head.Index], path[1..], value)));
    }

    /// <summary>The value without what stands at the path; <see langword="null"/> when nothing is left to say.</summary>
    public static ConfigNode? Remove(ConfigNode? node, ReadOnlySpan<PropertyPath.Segment> path)
    {
        if (path.IsEmpty || node is null)
        {
            return null;
        }

        switch (node)
        {
            case ConfigNode.Map map when path[0].Name is { } name && map.Find(name) is { } member:
                return Remove(member, path[1..]) is { } left ? map.With(name, left) : map.Without(name);
            case ConfigNode.List list when path[0].Index >= 0 && path[0].Index < list.Items.Length:
                var index = path[0].Index;
                return Remove(list.Items[index], path[1..]) is { } rest
                    ? new ConfigNode.List(list.Items.SetItem(index, rest))
                    : new ConfigNode.List(list.Items.RemoveAt(index));
            default:
                return node;
        }
    }
}
