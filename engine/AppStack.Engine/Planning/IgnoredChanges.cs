using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Planning;

/// <summary>Puts values back that a resource was last made with, where the program says that changes do not count.</summary>
internal static class IgnoredChanges
{
    /// <summary>The inputs with old values at the given paths.</summary>
    /// <exception cref="FormatException">A path is malformed.</exception>
    public static PropertyMap Restore(PropertyMap inputs, PropertyMap oldInputs, ImmutableArray<string> paths)
    {
        foreach (var path in paths)
        {
            var segments = PropertyPath.Parse(path).Segments.AsSpan();
            inputs = Restore(PropertyValue.Of(inputs), PropertyValue.Of(oldInputs), segments) is PropertyValue.Map map ? map.Members : PropertyMap.Empty;
        }

        return inputs;
    }

    // What stands at the path in the new value becomes what stands there in the old one; null means that there is nothing.
    private static PropertyValue? Restore(PropertyValue? @new, PropertyValue? old, ReadOnlySpan<PropertyPath.Segment> path)
    {
        if (path.IsEmpty)
        {
            return old;
        }

        if (@new is PropertyValue.Secret secret)
        {
            return Restore(secret.Element, old is PropertyValue.Secret oldSecret ? oldSecret.Element : old, path)?.AsSecret();
        }

        if (old is PropertyValue.Secret oldHidden)
        {
            return Restore(@new, oldHidden.Element, path)?.AsSecret();
        }

        var head = path[0];
        var tail = path[1..];
        return (@new, old) switch
        {
            (PropertyValue.Map right, _) when head.IsAll || head.Name is not null =>
                PropertyValue.Of(RestoreMembers(right.Members, (old as PropertyValue.Map)?.Members ?? PropertyMap.Empty, head, tail)),
            (null, PropertyValue.Map left) when tail.IsEmpty && head.Name is { } name && left.Members.Find(name) is { } value =>
                PropertyValue.Of(PropertyMap.Of((name, value))),
            (PropertyValue.List right, _) when head.IsAll || head.Index >= 0 =>
                RestoreItems(right, old as PropertyValue.List, head, tail),
            _ => @new,
        };
    }

    private static PropertyMap RestoreMembers(PropertyMap @new, PropertyMap old, PropertyPath.Segment head, ReadOnlySpan<PropertyPath.Segment> tail)
    {
        IEnumerable<string> names = head.IsAll ? @new.Keys.Union(old.Keys, StringComparer.Ordinal).ToArray() : [head.Name!];
        foreach (var name in names)
        {
            var restored = Restore(@new.Find(name), old.Find(name), tail);
            @new = restored is null ? @new.Without(name) : @new.With(name, restored);
        }

        return @new;
    }

    private static PropertyValue.List RestoreItems(PropertyValue.List @new, PropertyValue.List? old, PropertyPath.Segment head, ReadOnlySpan<PropertyPath.Segment> tail)
    {
        if (head.IsAll && tail.IsEmpty && old is not null)
        {
            return old;
        }

        var items = @new.Items.ToBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            if ((head.IsAll || head.Index == i) && old is not null && i < old.Items.Length && Restore(items[i], old.Items[i], tail) is { } restored)
            {
                items[i] = restored;
            }
        }

        return new PropertyValue.List(items.ToImmutable());
    }
}
