using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>
/// Turns the engine's values into the types of the program's outputs. A value that does not fit gives a warning and the default
/// value: a provider that answers a little differently than its SDK expects must not end the run.
/// </summary>
internal static class PropertyReader
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();
    private static readonly ConcurrentDictionary<Type, ImmutableArray<Parameter>> Constructors = new();

    /// <summary>Reads a value for an output: unknown or secret as a whole when anything in it is.</summary>
    public static OutputData<T> Read<T>(PropertyValue value, string context, Action<string> warn, ImmutableHashSet<Resource> resources)
    {
        var isKnown = true;
        var isSecret = false;
        Scan(value, ref isKnown, ref isSecret);
        var read = Convert(value, typeof(T), context, warn);
        return new OutputData<T>(read is null ? default! : (T)read, isKnown, isSecret, resources);
    }

    /// <summary>Reads a value as the natural .NET types: text, double, bool, immutable lists and dictionaries, assets, resources.</summary>
    public static OutputData<object?> ReadObject(PropertyValue value)
    {
        var isKnown = true;
        var isSecret = false;
        Scan(value, ref isKnown, ref isSecret);
        return new OutputData<object?>(Natural(value), isKnown, isSecret, []);
    }

    /// <summary>
    /// Reads a value as the natural .NET types, with outputs wherever it is unknown or secret; the whole is an output when it came
    /// from resources.
    /// </summary>
    public static object? ReadWithOutputs(PropertyValue value, ImmutableHashSet<Resource> resources) =>
        resources.IsEmpty ? Mixed(value) : Output<object?>.Of(ReadObject(value) with { Resources = resources });

    private static object? Mixed(PropertyValue value) => value switch
    {
        PropertyValue.Unknown or PropertyValue.Secret => Output<object?>.Of(ReadObject(value)),
        PropertyValue.List list => ImmutableArray.CreateRange(list.Items, Mixed),
        PropertyValue.Map map => map.Members.ToImmutableDictionary(static member => member.Key, static member => Mixed(member.Value), StringComparer.Ordinal),
        _ => Natural(value),
    };

    private static void Scan(PropertyValue value, ref bool isKnown, ref bool isSecret)
    {
        switch (value)
        {
            case PropertyValue.Unknown:
                isKnown = false;
                break;
            case PropertyValue.Secret secret:
                isSecret = true;
                Scan(secret.Element, ref isKnown, ref isSecret);
                break;
            case PropertyValue.List list:
                foreach (var item in list.Items)
                {
                    Scan(item, ref isKnown, ref isSecret);
                }

                break;
            case PropertyValue.Map map:
                foreach (var (key, member) in map.Members)
                {
                    if (!IsInternal(key))
                    {
                        Scan(member, ref isKnown, ref isSecret);
                    }
                }

                break;
        }
    }

    // The engine's own members, which are no part of the object's shape.
    private static bool IsInternal(string key) => key.StartsWith("__", StringComparison.Ordinal);

    private static PropertyValue Open(PropertyValue value) => value switch
    {
        PropertyValue.Secret secret => Open(secret.Element),
        PropertyValue.Unknown => PropertyValue.Null.Instance,
        _ => value,
    };

    private static object? Natural(PropertyValue value) => Open(value) switch
    {
        PropertyValue.Text text => text.Value,
        PropertyValue.Number number => number.Value,
        PropertyValue.Bool flag => flag.Value,
        PropertyValue.List list => ImmutableArray.CreateRange(list.Items, Natural),
        PropertyValue.Map map => map.Members
            .Where(static member => !IsInternal(member.Key))
            .ToImmutableDictionary(static member => member.Key, static member => Natural(member.Value), StringComparer.Ordinal),
        PropertyValue.Reference reference => ResourceReferences.Resolve(reference),
        PropertyValue.Null => null,
        var asset => AssetOrArchive.Of(asset),
    };

    private static object? Convert(PropertyValue value, Type target, string context, Action<string> warn)
    {
        if (TryConvert(value, target, context, warn, out var result) is { } problem)
        {
            warn(problem);
            return target.IsValueType ? Activator.CreateInstance(target) : null;
        }

        return result;
    }

    /// <summary>Gives what is wrong, or null.</summary>
    private static string? TryConvert(PropertyValue given, Type target, string context, Action<string> warn, out object? result)
    {
        var value = Open(given);
        var shape = Shapes.GetOrAdd(target, Shape.Of);
        if (value is PropertyValue.Null)
        {
            result = shape.Default;
            return null;
        }

        result = null;
        switch (shape.Kind)
        {
            case Kind.Text when value is PropertyValue.Text text:
                result = text.Value;
                return null;
            case Kind.Bool when value is PropertyValue.Bool flag:
                result = flag.Value;
                return null;
            case Kind.Double when value is PropertyValue.Number number:
                result = number.Value;
                return null;
            case Kind.Int when value is PropertyValue.Number number:
                result = (int)number.Value;
                return null;
            case Kind.Enum when value is PropertyValue.Number number:
                result = Enum.ToObject(target, (int)number.Value);
                return null;
            case Kind.Object:
                result = Natural(value);
                return null;
            case Kind.Nullable:
                return TryConvert(value, shape.Element!, context, warn, out result);
            case Kind.Asset:
                result = ConvertAsset(value, target);
                return null;
            case Kind.Json:
                result = JsonElement.Parse(PropertyJson.Write(value));
                return null;
            case Kind.Resource when value is PropertyValue.Reference reference && ResourceReferences.Resolve(reference) is var resource && target.IsInstanceOfType(resource):
                result = resource;
                return null;
            case Kind.EnumType when value is PropertyValue.Text or PropertyValue.Number:
                return TryConvertEnumType(value, target, context, out result);
            case Kind.Array when value is PropertyValue.List list:
                result = ConvertArray(list, shape, context, warn);
                return null;
            case Kind.Dictionary when value is PropertyValue.Map map:
                result = ConvertDictionary(map, shape, context, warn);
                return null;
            case Kind.Union:
                return TryConvertUnion(value, shape, context, warn, out result);
            case Kind.Output:
                var problem = TryConvert(value, shape.Element!, context, warn, out var element);
                result = problem is null ? shape.Make!(element) : null;
                return problem;
            case Kind.Class when value is PropertyValue.Map map:
                result = Construct(map, target, warn);
                return null;
            case Kind.Unsupported:
                return $"Unexpected target type {target.FullName} when deserializing {context}";
            default:
                return $"Expected {target.FullName} but got {Describe(value)} deserializing {context}";
        }
    }

    private static string Describe(PropertyValue value) => value switch
    {
        PropertyValue.Text => typeof(string).FullName!,
        PropertyValue.Number => typeof(double).FullName!,
        PropertyValue.Bool => typeof(bool).FullName!,
        PropertyValue.List => "a list",
        PropertyValue.Map => "an object",
        _ => value.GetType().Name,
    };

    private static AssetOrArchive ConvertAsset(PropertyValue value, Type target)
    {
        var asset = value is PropertyValue.Asset or PropertyValue.Archive ? AssetOrArchive.Of(value) : null;
        if (asset is not null && target.IsInstanceOfType(asset))
        {
            return asset;
        }

        return target == typeof(Archive) ? new InvalidArchive() : new InvalidAsset();
    }

    private static string? TryConvertEnumType(PropertyValue value, Type target, string context, out object? result)
    {
        object content = value is PropertyValue.Number number ? number.Value : ((PropertyValue.Text)value).Value;
        var constructor = target.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [content.GetType()]);
        result = constructor?.Invoke([content]);
        return constructor is null
            ? $"Expected target type {target.FullName} to have a constructor with a single {content.GetType().FullName} parameter deserializing {context}."
            : null;
    }

    private static object ConvertArray(PropertyValue.List list, Shape shape, string context, Action<string> warn)
    {
        var items = Array.CreateInstance(shape.Element!, list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            items.SetValue(Convert(list.Items[i], shape.Element!, $"{context}[{i}]", warn), i);
        }

        return shape.Make!(items)!;
    }

    private static object ConvertDictionary(PropertyValue.Map map, Shape shape, string context, Action<string> warn)
    {
        var members = new List<KeyValuePair<string, object?>>(map.Members.Count);
        foreach (var (key, member) in map.Members)
        {
            if (!IsInternal(key))
            {
                members.Add(new(key, Convert(member, shape.Element!, $"{context}.{key}", warn)));
            }
        }

        return shape.Make!(members)!;
    }

    private static string? TryConvertUnion(PropertyValue value, Shape shape, string context, Action<string> warn, out object? result)
    {
        if (TryConvert(value, shape.Element!, $"{context}.AsT0", warn, out var first) is null)
        {
            result = shape.Make!(first);
            return null;
        }

        if (TryConvert(value, shape.Second!, $"{context}.AsT1", warn, out var second) is null)
        {
            result = shape.MakeSecond!(second);
            return null;
        }

        result = null;
        return $"Expected {shape.Element!.FullName} or {shape.Second!.FullName} but got {Describe(value)} deserializing {context}";
    }

    private static object Construct(PropertyValue.Map map, Type target, Action<string> warn)
    {
        var constructor = OutputTypes.ConstructorOf(target)
            ?? throw new InvalidOperationException($"{target.FullName} has neither an [OutputConstructor] nor exactly one public constructor.");
        var parameters = Constructors.GetOrAdd(target, static (_, found) => [.. found.GetParameters().Select(Parameter.Of)], constructor);
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = parameters[i];
            arguments[i] = Convert(map.Members.Find(parameter.Member) ?? PropertyValue.Null.Instance, parameter.Type, $"{target.FullName}({parameter.Member})", warn);
        }

        return constructor.Invoke(arguments);
    }

    private enum Kind
    {
        Unsupported,
        Text,
        Bool,
        Double,
        Int,
        Object,
        Nullable,
        Asset,
        Json,
        Resource,
        Enum,
        EnumType,
        Array,
        Dictionary,
        Union,
        Output,
        Class,
    }

    private sealed record Parameter(string Member, Type Type)
    {
        public static Parameter Of(ParameterInfo parameter) =>
            new(parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!, parameter.ParameterType);
    }

    /// <summary>What is known of a target type, looked up once.</summary>
    private sealed record Shape(Kind Kind, object? Default)
    {
        public Type? Element { get; init; }

        public Type? Second { get; init; }

        public Func<object?, object?>? Make { get; init; }

        public Func<object?, object?>? MakeSecond { get; init; }

        public static Shape Of(Type type)
        {
            var missing = type.IsValueType ? Activator.CreateInstance(type) : null;
            if (!type.IsConstructedGenericType)
            {
                return new Shape(KindOf(type), missing);
            }

            var arguments = type.GenericTypeArguments;
            var definition = type.GetGenericTypeDefinition();
            if (definition == typeof(Nullable<>))
            {
                return new Shape(Kind.Nullable, missing) { Element = arguments[0] };
            }

            if (definition == typeof(ImmutableArray<>))
            {
                return new Shape(Kind.Array, missing) { Element = arguments[0], Make = Maker(nameof(MakeArray), arguments[0]) };
            }

            if (definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string))
            {
                return new Shape(Kind.Dictionary, missing) { Element = arguments[1], Make = Maker(nameof(MakeDictionary), arguments[1]) };
            }

            if (definition == typeof(Union<,>))
            {
                return new Shape(Kind.Union, missing)
                {
                    Element = arguments[0],
                    Second = arguments[1],
                    Make = Maker(nameof(MakeT0), arguments),
                    MakeSecond = Maker(nameof(MakeT1), arguments),
                };
            }

            return definition == typeof(Output<>)
                ? new Shape(Kind.Output, missing) { Element = arguments[0], Make = Maker(nameof(MakeOutput), arguments[0]) }
                : new Shape(Kind.Unsupported, missing);
        }

        private static Kind KindOf(Type type)
        {
            if (type == typeof(string))
            {
                return Kind.Text;
            }

            if (type == typeof(bool))
            {
                return Kind.Bool;
            }

            if (type == typeof(double))
            {
                return Kind.Double;
            }

            if (type == typeof(int))
            {
                return Kind.Int;
            }

            if (type == typeof(object))
            {
                return Kind.Object;
            }

            if (type == typeof(JsonElement))
            {
                return Kind.Json;
            }

            if (typeof(AssetOrArchive).IsAssignableFrom(type))
            {
                return Kind.Asset;
            }

            if (typeof(Resource).IsAssignableFrom(type))
            {
                return Kind.Resource;
            }

            if (type.IsEnum)
            {
                return Kind.Enum;
            }

            if (type.IsValueType)
            {
                return type.GetCustomAttribute<EnumTypeAttribute>() is null ? Kind.Unsupported : Kind.EnumType;
            }

            return type.GetCustomAttribute<OutputTypeAttribute>() is null ? Kind.Unsupported : Kind.Class;
        }

        private static Func<object?, object?> Maker(string name, params Type[] arguments) =>
            typeof(Shape).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(arguments).CreateDelegate<Func<object?, object?>>();

        private static object? MakeArray<T>(object? items) => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray((T[])items!);

        private static object? MakeDictionary<T>(object? members) => ((List<KeyValuePair<string, object?>>)members!).ToImmutableDictionary(
            static member => member.Key,
            static member => member.Value is null ? default! : (T)member.Value,
            StringComparer.Ordinal);

        private static object? MakeT0<T0, T1>(object? value) => Union<T0, T1>.FromT0((T0)value!);

        private static object? MakeT1<T0, T1>(object? value) => Union<T0, T1>.FromT1((T1)value!);

        private static object? MakeOutput<T>(object? value) => Output.Create((T)value!);
    }
}
