using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>The inputs of a resource: validates them and tells which of them change.</summary>
internal sealed class InputSchema(params InputProperty[] properties)
{
    private readonly Dictionary<string, InputProperty> _properties = properties.ToDictionary(property => property.Name, StringComparer.Ordinal);

    /// <summary>Validates inputs; all that is wrong is told at once. Inputs without a value are left out of the result.</summary>
    public CheckResult Check(PropertyMap inputs)
    {
        var given = PropertyMap.Of(inputs.Where(input => input.Value is not PropertyValue.Null));
        List<CheckFailure> failures = [];
        foreach (var property in properties.Where(property => property.Required && !given.ContainsKey(property.Name)))
        {
            failures.Add(new CheckFailure(property.Name, "is required"));
        }

        foreach (var (name, value) in given)
        {
            if (!_properties.TryGetValue(name, out var property))
            {
                failures.Add(new CheckFailure(name, $"is no input of this resource; its inputs are {string.Join(", ", _properties.Keys)}"));
            }
            else if (Problem(property.Kind, value) is { } problem)
            {
                failures.Add(new CheckFailure(name, problem));
            }
        }

        return new CheckResult(given, [.. failures]);
    }

    /// <summary>Compares inputs, not counting what is secret about them.</summary>
    public DiffResult Diff(DiffRequest request)
    {
        var changed = ChangedKeys(request.OldInputs, request.NewInputs);
        return changed.IsEmpty
            ? DiffResult.None
            : new DiffResult
            {
                Changes = DiffChanges.Some,
                ChangedKeys = changed,
                ReplaceKeys = [.. changed.Where(name => _properties.TryGetValue(name, out var property) && property.Replaces)],
            };
    }

    private static ImmutableArray<string> ChangedKeys(PropertyMap oldInputs, PropertyMap newInputs)
    {
        var before = oldInputs.WithoutSecrets();
        var after = newInputs.WithoutSecrets();
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Where(name => !IsSame(before.Find(name), after.Find(name))).Order(StringComparer.Ordinal)];
    }

    private static bool IsSame(PropertyValue? before, PropertyValue? after) =>
        after is { ContainsUnknowns: true } ? false : Equals(before ?? PropertyValue.Null.Instance, after ?? PropertyValue.Null.Instance);

    private static string? Problem(InputKind kind, PropertyValue value) => (kind, value.WithoutSecrets()) switch
    {
        (_, PropertyValue.Unknown) => null,
        (InputKind.Any, _) => null,
        (InputKind.Text, PropertyValue.Text) => null,
        (InputKind.Text, _) => "must be a string",
        (InputKind.Bool, PropertyValue.Bool) => null,
        (InputKind.Bool, _) => "must be true or false",
        (InputKind.Number, PropertyValue.Number) => null,
        (InputKind.Number, _) => "must be a number",
        (InputKind.Integer, PropertyValue.Number number) when double.IsInteger(number.Value) => null,
        (InputKind.Integer, _) => "must be a whole number",
        (InputKind.TextMap, PropertyValue.Map map) when map.Members.Values.All(IsText) => null,
        (InputKind.TextMap, _) => "must be an object whose values are strings",
        (InputKind.TextList, PropertyValue.List list) when list.Items.All(IsText) => null,
        (InputKind.TextList, _) => "must be a list of strings",
        (InputKind.AnyList, PropertyValue.List) => null,
        (InputKind.AnyList, _) => "must be a list",
        (InputKind.Object, PropertyValue.Map) => null,
        (InputKind.Object, _) => "must be an object",
        (InputKind.AssetOrArchive, PropertyValue.Asset or PropertyValue.Archive) => null,
        _ => "must be an asset or an archive",
    };

    private static bool IsText(PropertyValue value) => value is PropertyValue.Text or PropertyValue.Unknown;
}
