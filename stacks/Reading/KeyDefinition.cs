using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>One key that an object of a descriptor accepts.</summary>
/// <param name="Name">The key as written: <c>hostKey</c>.</param>
/// <param name="Property">The property that takes the value.</param>
/// <param name="Meaning">What the key means and accepts.</param>
internal sealed record KeyDefinition(string Name, PropertyInfo Property, KeyAttribute Meaning)
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<KeyDefinition>> Known = new();

    /// <summary>The keys of a descriptor type, in the order in which its file declares them.</summary>
    public static ImmutableArray<KeyDefinition> Of(Type descriptor) => Known.GetOrAdd(descriptor, static type =>
        [.. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            let meaning = property.GetCustomAttribute<KeyAttribute>()
            where meaning is not null
            orderby property.MetadataToken
            select new KeyDefinition(NameOf(property.Name), property, meaning)]);

    /// <summary>Whether a type is an object with keys of its own.</summary>
    public static bool IsObject(Type type) => type.IsClass && type != typeof(string) && !Of(type).IsEmpty;

    /// <summary>Whether a type holds texts under names that the file chooses.</summary>
    public static bool IsMap(Type type) => type == typeof(IReadOnlyDictionary<string, string?>);

    /// <summary>The type of the values in a list, or <see langword="null"/> when the type is not a list.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string NameOf(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
