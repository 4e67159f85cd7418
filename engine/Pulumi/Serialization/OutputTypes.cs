using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Says which types outputs of resources may have.</summary>
internal static class OutputTypes
{
    // What was found wrong with a type, or the empty text; types are checked once.
    private static readonly ConcurrentDictionary<Type, string> Checked = new();

    /// <summary>Refuses types that the engine's values cannot be turned into.</summary>
    /// <exception cref="InvalidOperationException">The type, or a type in it, cannot be an output's.</exception>
    public static void Check(string context, Type type)
    {
        var problem = Checked.GetOrAdd(type, static candidate => Find(candidate, []) ?? "");
        if (problem.Length > 0)
        {
            throw new InvalidOperationException($"{context} contains invalid type {problem}");
        }
    }

    /// <summary>The constructor of an output type: the marked one, or the only public one.</summary>
    public static ConstructorInfo? ConstructorOf(Type type)
    {
        var all = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        var marked = Array.Find(all, static constructor => constructor.GetCustomAttribute<OutputConstructorAttribute>() is not null);
        if (marked is not null)
        {
            return marked;
        }

        var open = Array.FindAll(all, static constructor => constructor.IsPublic);
        return open.Length == 1 ? open[0] : null;
    }

    private static string? Find(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)
            || type == typeof(bool) || type == typeof(int) || type == typeof(double) || type == typeof(string) || type == typeof(object)
            || type == typeof(JsonElement)
            || typeof(AssetOrArchive).IsAssignableFrom(type)
            || typeof(Resource).IsAssignableFrom(type))
        {
            return null;
        }

        if (type.IsEnum)
        {
            return type.GetEnumUnderlyingType() == typeof(int) ? null : $"{type.FullName}: enums must be based on int";
        }

        if (type.IsValueType && type.GetCustomAttribute<EnumTypeAttribute>() is not null)
        {
            return null;
        }

        if (type.IsConstructedGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            if (definition == typeof(ImmutableDictionary<,>) && type.GenericTypeArguments[0] != typeof(string))
            {
                return $"{type.FullName}: only strings may be keys of ImmutableDictionary";
            }

            return definition == typeof(Nullable<>) || definition == typeof(ImmutableArray<>) || definition == typeof(ImmutableDictionary<,>)
                || definition == typeof(Union<,>) || definition == typeof(Output<>)
                ? FirstOf(type.GenericTypeArguments, seen)
                : Unsupported(type);
        }

        if (type.GetCustomAttribute<OutputTypeAttribute>() is null)
        {
            return Unsupported(type);
        }

        return ConstructorOf(type) is { } constructor
            ? FirstOf(Array.ConvertAll(constructor.GetParameters(), static parameter => parameter.ParameterType), seen)
            : $"{type.FullName}: it has neither an [OutputConstructor] nor exactly one public constructor";
    }

    private static string? FirstOf(Type[] types, HashSet<Type> seen) =>
        types.Select(type => Find(type, seen)).FirstOrDefault(static problem => problem is not null);

    private static string Unsupported(Type type) =>
        $"{type.FullName}. Supported are bool, int, double, string, object, JsonElement, assets, resources, int enums, [EnumType] structs, "
        + "[OutputType] classes, and Nullable, ImmutableArray, ImmutableDictionary<string,>, Union and Output of them.";
}
