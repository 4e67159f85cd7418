using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Planning;

/// <summary>Compares inputs. Whether a value is marked secret does not make it different.</summary>
internal static class PropertyDiffer
{
    /// <summary>The paths that differ, with what happens to each; an unknown value differs from everything.</summary>
    public static ImmutableSortedDictionary<string, PropertyDiffKind> Compare(PropertyMap old, PropertyMap @new)
    {
        // The common case by far, and the cheap one.
        if (ReferenceEquals(old, @new) || (!@new.ContainsUnknowns && old.Equals(@new)))
        {
            return DiffResult.None.DetailedDiff;
        }

        var differences = DiffResult.None.DetailedDiff.ToBuilder();
        Members(old.WithoutSecrets(), @new.WithoutSecrets(), prefix: null, differences);
        return differences.ToImmutable();
    }

    private static void Members(PropertyMap old, PropertyMap @new, PropertyPath? prefix, ImmutableSortedDictionary<string, PropertyDiffKind>.Builder differences)
    {
        foreach (var (name, value) in old)
        {
            var path = Extend(prefix, PropertyPath.Segment.Member(name));
            if (@new.TryGetValue(name, out var other))
            {
                Value(value, other, path, differences);
            }
            else if (value is not PropertyValue.Null)
            {
                differences[path.ToString()] = PropertyDiffKind.Delete;
            }
        }

        foreach (var (name, value) in @new)
        {
            if (!old.ContainsKey(name) && value is not PropertyValue.Null)
            {
                differences[Extend(prefix, PropertyPath.Segment.Member(name)).ToString()] = PropertyDiffKind.Add;
            }
        }
    }

    private static void Value(PropertyValue old, PropertyValue @new, PropertyPath path, ImmutableSortedDictionary<string, PropertyDiffKind>.Builder differences)
    {
        switch (old, @new)
        {
            case (PropertyValue.Map left, PropertyValue.Map right):
                Members(left.Members, right.Members, path, differences);
                break;
            case (PropertyValue.List left, PropertyValue.List right):
                var shared = Math.Min(left.Items.Length, right.Items.Length);
                for (var i = 0; i < shared; i++)
                {
                    Value(left.Items[i], right.Items[i], path.Append(PropertyPath.Segment.Element(i)), differences);
                }

                for (var i = shared; i < left.Items.Length; i++)
                {
                    differences[path.Append(PropertyPath.Segment.Element(i)).ToString()] = PropertyDiffKind.Delete;
                }

                for (var i = shared; i < right.Items.Length; i++)
                {
                    differences[path.Append(PropertyPath.Segment.Element(i)).ToString()] = PropertyDiffKind.Add;
                }

                break;
            case (PropertyValue.Asset { Hash.Length: > 0 } left, PropertyValue.Asset { Hash.Length: > 0 } right):
                Changed(left.Hash == right.Hash, path, differences);
                break;
            case (PropertyValue.Archive { Hash.Length: > 0 } left, PropertyValue.Archive { Hash.Length: > 0 } right):
                Changed(left.Hash == right.Hash, path, differences);
                break;
            default:
                Changed(@new is not PropertyValue.Unknown && old.Equals(@new), path, differences);
                break;
        }
    }

    private static void Changed(bool same, PropertyPath path, ImmutableSortedDictionary<string, PropertyDiffKind>.Builder differences)
    {
        if (!same)
        {
            differences[path.ToString()] = PropertyDiffKind.Update;
        }
    }

    private static PropertyPath Extend(PropertyPath? prefix, PropertyPath.Segment segment) => prefix?.Append(segment) ?? PropertyPath.Of(segment);
}
