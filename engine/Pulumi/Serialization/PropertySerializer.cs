using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>
/// Turns the program's values into the engine's, awaiting the outputs among them and gathering the resources that they came from.
/// One instance serialises one property.
/// </summary>
/// <param name="owner">What the property belongs to, for messages.</param>
/// <param name="property">The property's name.</param>
internal sealed class PropertySerializer(string owner, string property)
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>?> EnumConversions = new();
    private static readonly ConcurrentDictionary<Type, ImmutableArray<FieldInfo>> OutputTypeFields = new();

    private readonly List<string> _path = [];
    private HashSet<Resource>? _resources;
    private bool _outputFailed;

    /// <summary>The resources that the values serialised so far came from.</summary>
    public IReadOnlyCollection<Resource> Resources => _resources is null ? [] : _resources;

    private string Where => owner + property + string.Concat(_path);

    /// <summary>Serialises the property; a value that cannot be sent is an error that names it.</summary>
    /// <exception cref="InvalidOperationException">It holds something that cannot be sent.</exception>
    public async ValueTask<PropertyValue> SerializePropertyAsync(object? value)
    {
        try
        {
            return await SerializeAsync(value).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_outputFailed)
        {
            throw new InvalidOperationException($"error serializing property \"{property}\": {exception.Message}", exception);
        }
    }

    /// <summary>Serialises members of an object, leaving out nulls.</summary>
    public async ValueTask<PropertyMap> SerializeMembersAsync(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var result = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (key, value) in members)
        {
            _path.Add("." + key);
            var serialized = await SerializeAsync(value).ConfigureAwait(false);
            _path.RemoveAt(_path.Count - 1);
            if (serialized is not PropertyValue.Null)
            {
                result.Add(new(key, serialized));
            }
        }

        return PropertyMap.Of(result);
    }

    /// <summary>Serialises one value.</summary>
    /// <exception cref="InvalidOperationException">It holds something that cannot be sent.</exception>
    public ValueTask<PropertyValue> SerializeAsync(object? value) => value switch
    {
        null => new(PropertyValue.Null.Instance),
        string text => new(PropertyValue.Of(text)),
        bool flag => new(PropertyValue.Of(flag)),
        int number => new(PropertyValue.Of((double)number)),
        double number => new(PropertyValue.Of(number)),
        IOutput output => SerializeOutputAsync(output),
        IInput input => SerializeAsync(input.Content),
        InputArgs args => SerializeObjectAsync(args.Members()),
        JsonText json => SerializeJsonTextAsync(json.Value),
        AssetOrArchive asset => new(asset.ToPropertyValue()),
        Resource resource => SerializeResourceAsync(resource),
        IUnion union => SerializeAsync(union.Value),
        JsonElement element => new(OfJson(element)),
        Task => throw new InvalidOperationException($"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{Where}"),
        IDictionary dictionary => SerializeObjectAsync(MembersOf(dictionary)),
        IList list => SerializeListAsync(list),
        ValueTuple => new(PropertyValue.Null.Instance),
        _ => SerializeOther(value),
    };

    private static PropertyValue OfJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => PropertyValue.Of(element.GetString()),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.True => PropertyValue.Of(value: true),
        JsonValueKind.False => PropertyValue.Of(value: false),
        JsonValueKind.Array => PropertyValue.Of(element.EnumerateArray().Select(OfJson)),
        JsonValueKind.Object => PropertyValue.Of(PropertyMap.Of(
            element.EnumerateObject().DistinctBy(static member => member.Name).Select(static member => KeyValuePair.Create(member.Name, OfJson(member.Value))))),
        _ => PropertyValue.Null.Instance,
    };

    private async ValueTask<PropertyValue> SerializeOutputAsync(IOutput output)
    {
        // A failed output is reported where it failed: it must reach the run as the same exception, to be told from a new one.
        _outputFailed = true;
        var data = await output.GetDataAsync().ConfigureAwait(false);
        _outputFailed = false;
        Add(data.Resources);
        if (!data.IsKnown)
        {
            return PropertyValue.Unknown.Instance;
        }

        var value = await SerializeAsync(data.Value).ConfigureAwait(false);
        return data.IsSecret ? value.AsSecret() : value;
    }

    private async ValueTask<PropertyValue> SerializeObjectAsync(IEnumerable<KeyValuePair<string, object?>> members) =>
        PropertyValue.Of(await SerializeMembersAsync(members).ConfigureAwait(false));

    private async ValueTask<PropertyValue> SerializeListAsync(IList list)
    {
        if (list.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && IsDefaultArray(list))
        {
            return new PropertyValue.List([]);
        }

        var items = ImmutableArray.CreateBuilder<PropertyValue>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            _path.Add($"[{i}]");
            items.Add(await SerializeAsync(list[i]).ConfigureAwait(false));
            _path.RemoveAt(_path.Count - 1);
        }

        return new PropertyValue.List(items.MoveToImmutable());
    }

    // A default ImmutableArray throws on every use; as the only state it compares equal to a default one of its type.
    private static bool IsDefaultArray(IList array) => array.Equals(Activator.CreateInstance(array.GetType()));

    private async ValueTask<PropertyValue> SerializeJsonTextAsync(object value)
    {
        var serialized = await SerializeAsync(value).ConfigureAwait(false);
        if (serialized.ContainsUnknowns)
        {
            return PropertyValue.Unknown.Instance;
        }

        var text = PropertyValue.Of(PropertyJson.Write(serialized));
        return serialized.ContainsSecrets ? text.AsSecret() : text;
    }

    private async ValueTask<PropertyValue> SerializeResourceAsync(Resource resource)
    {
        Add(resource);
        var urn = await SerializeOutputAsync(resource.Urn).ConfigureAwait(false);
        if (urn is not PropertyValue.Text { Value: var text })
        {
            return PropertyValue.Unknown.Instance;
        }

        return resource is CustomResource { Id: { } id }
            ? new PropertyValue.Reference(text, await SerializeOutputAsync(id).ConfigureAwait(false))
            : new PropertyValue.Reference(text);
    }

    private ValueTask<PropertyValue> SerializeOther(object value)
    {
        var type = value.GetType();
        if (value is Enum number && number.GetTypeCode() == TypeCode.Int32)
        {
            return new(PropertyValue.Of((double)(int)value));
        }

        if (EnumConversions.GetOrAdd(type, FindEnumConversion) is { } convert)
        {
            return SerializeAsync(convert(value));
        }

        var fields = OutputTypeFields.GetOrAdd(type, FindOutputFields);
        if (!fields.IsDefault)
        {
            return SerializeObjectAsync(fields.Select(field => KeyValuePair.Create(LowerFirst(field.Name), field.GetValue(value))));
        }

        throw new InvalidOperationException($"{type.FullName} is not a supported argument type.\n\t{Where}");
    }

    private static Func<object, object?>? FindEnumConversion(Type type)
    {
        if (!type.IsValueType || type.GetCustomAttribute<EnumTypeAttribute>() is null)
        {
            return null;
        }

        var conversion = type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);
        if (conversion is null || (conversion.ReturnType != typeof(string) && conversion.ReturnType != typeof(double)))
        {
            throw new InvalidOperationException($"Expected {type.FullName} to have an explicit conversion operator to String or Double.");
        }

        return value => conversion.Invoke(obj: null, [value]);
    }

    private static ImmutableArray<FieldInfo> FindOutputFields(Type type) =>
        type.GetCustomAttribute<OutputTypeAttribute>() is null
            ? default
            : [.. type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(static field => field.IsInitOnly)];

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private IEnumerable<KeyValuePair<string, object?>> MembersOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is not string key)
            {
                throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{Where}");
            }

            yield return new(key, entry.Value);
        }
    }

    private void Add(Resource resource) => (_resources ??= []).Add(resource);

    private void Add(ImmutableHashSet<Resource> resources)
    {
        if (!resources.IsEmpty)
        {
            (_resources ??= []).UnionWith(resources);
        }
    }
}
