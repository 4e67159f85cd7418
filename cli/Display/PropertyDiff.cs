using System.Collections.Immutable;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>The lines that show what happens to the properties of one resource. Only what changes is shown; secrets are masked.</summary>
internal static class PropertyDiff
{
    /// <summary>The lines for a step.</summary>
    public static ImmutableArray<DiffLine> Of(StepDescription step)
    {
        var lines = new List<DiffLine>();
        switch (step.Kind)
        {
            case StepKind.Create or StepKind.Import when step.NewInputs is { } created:
                Whole(lines, created, depth: 0, DiffSign.Added);
                break;
            case StepKind.Update or StepKind.Replace or StepKind.CreateReplacement:
                Maps(lines, step.OldInputs ?? PropertyMap.Empty, step.NewInputs ?? PropertyMap.Empty, depth: 0, step);
                break;
            case StepKind.Refresh:
                Maps(lines, step.OldOutputs ?? PropertyMap.Empty, step.NewOutputs ?? PropertyMap.Empty, depth: 0, step);
                break;
            default:
                break;
        }

        return [.. lines];
    }

    /// <summary>The lines for outputs of a stack.</summary>
    /// <param name="before">The outputs before.</param>
    /// <param name="after">The outputs after.</param>
    /// <param name="onlyChanges">Whether outputs that stay are left out.</param>
    public static ImmutableArray<DiffLine> OfOutputs(PropertyMap before, PropertyMap after, bool onlyChanges)
    {
        var lines = new List<DiffLine>();
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.Find(key), after.Find(key));
            if (old is not null && old.Equals(now))
            {
                if (!onlyChanges)
                {
                    Value(lines, key, now, depth: 0, DiffSign.Same);
                }
            }
            else
            {
                Member(lines, key, old, now, depth: 0);
            }
        }

        return [.. lines];
    }

    private static void Maps(List<DiffLine> lines, PropertyMap before, PropertyMap after, int depth, StepDescription? step = null)
    {
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.Find(key), after.Find(key));
            if (old is not null && old.Equals(now))
            {
                continue;
            }

            if (step is not null && step.HideDiffs.Any(path => path == key || path.StartsWith(key + ".", StringComparison.Ordinal) || path.StartsWith(key + "[", StringComparison.Ordinal)))
            {
                lines.Add(new DiffLine(depth, DiffSign.Changed, $"{key}: [not shown]"));
                continue;
            }

            Member(lines, key, old, now, depth);
        }
    }

    private static void Member(List<DiffLine> lines, string key, PropertyValue? old, PropertyValue? now, int depth)
    {
        if (old is null)
        {
            Value(lines, key, now!, depth, DiffSign.Added);
        }
        else if (now is null)
        {
            Value(lines, key, old, depth, DiffSign.Removed);
        }
        else
        {
            Changed(lines, key, old, now, depth);
        }
    }

    private static void Changed(List<DiffLine> lines, string key, PropertyValue old, PropertyValue now, int depth)
    {
        switch (old, now)
        {
            case (PropertyValue.Map before, PropertyValue.Map after):
                lines.Add(new DiffLine(depth, DiffSign.Changed, $"{key}:"));
                Maps(lines, before.Members, after.Members, depth + 1);
                break;
            case (PropertyValue.List before, PropertyValue.List after):
                lines.Add(new DiffLine(depth, DiffSign.Changed, $"{key}:"));
                Lists(lines, before.Items, after.Items, depth + 1);
                break;
            case (PropertyValue.Text before, PropertyValue.Text after) when EmbeddedJson.Read(before.Value) is { } first && EmbeddedJson.Read(after.Value) is { } second && !first.Equals(second):
                Changed(lines, $"{key} (JSON)", first, second, depth);
                break;
            case (PropertyValue.Text before, PropertyValue.Text after) when ValueText.OneLine(old) is null || ValueText.OneLine(now) is null:
                lines.Add(new DiffLine(depth, DiffSign.Changed, $"{key}:"));
                lines.AddRange(TextDiff.Of(before.Value, after.Value).Select(line => new DiffLine(depth + 1, line.Sign, line.Text)));
                break;
            default:
                if (ValueText.OneLine(old) is { } left && ValueText.OneLine(now) is { } right)
                {
                    lines.Add(new DiffLine(depth, DiffSign.Changed, $"{key}: {left} => {right}"));
                }
                else
                {
                    Value(lines, key, old, depth, DiffSign.Removed);
                    Value(lines, key, now, depth, DiffSign.Added);
                }

                break;
        }
    }

    private static void Lists(List<DiffLine> lines, ImmutableArray<PropertyValue> before, ImmutableArray<PropertyValue> after, int depth)
    {
        if (Named(before) is { } old && Named(after) is { } now)
        {
            Maps(lines, old, now, depth);
            return;
        }

        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            var left = i < before.Length ? before[i] : null;
            var right = i < after.Length ? after[i] : null;
            if (left is null || !left.Equals(right))
            {
                Member(lines, $"[{i}]", left, right, depth);
            }
        }
    }

    /// <summary>A list whose elements all say who they are, by that: a file that comes in between does not make all the others differ.</summary>
    private static PropertyMap? Named(ImmutableArray<PropertyValue> items)
    {
        foreach (var key in (ReadOnlySpan<string>)["path", "name"])
        {
            var names = items.Select(item => item is PropertyValue.Map map && map.Members.Find(key) is PropertyValue.Text name ? name.Value : null).ToList();
            if (names.Count > 0 && names.TrueForAll(name => name is not null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count)
            {
                return PropertyMap.Of(items.Select((item, index) => KeyValuePair.Create($"[{names[index]}]", item)));
            }
        }

        return null;
    }

    private static void Whole(List<DiffLine> lines, PropertyMap members, int depth, DiffSign sign)
    {
        foreach (var (key, value) in members)
        {
            Value(lines, key, value, depth, sign);
        }
    }

    private static void Value(List<DiffLine> lines, string key, PropertyValue value, int depth, DiffSign sign)
    {
        if (ValueText.OneLine(value) is { } text)
        {
            lines.Add(new DiffLine(depth, sign, $"{key}: {text}"));
            return;
        }

        lines.Add(new DiffLine(depth, sign, $"{key}:"));
        switch (value)
        {
            case PropertyValue.Map map:
                Whole(lines, map.Members, depth + 1, sign);
                break;
            case PropertyValue.List list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    Value(lines, $"[{i}]", list.Items[i], depth + 1, sign);
                }

                break;
            case PropertyValue.Text several:
                lines.AddRange(several.Value.TrimEnd('\n').Split('\n').Select(line => new DiffLine(depth + 1, sign, line)));
                break;
            default:
                break;
        }
    }
}
