using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Finds the marked members of args classes; looked up once per class.</summary>
internal static class InputMembers
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<Type, Member[]> Cache = new();

    /// <summary>The members of <paramref name="args"/> by their names for the engine.</summary>
    /// <exception cref="ArgumentNullException">A required member is null.</exception>
    public static KeyValuePair<string, object?>[] Read(InputArgs args)
    {
        var members = Cache.GetOrAdd(args.GetType(), Find);
        var values = new KeyValuePair<string, object?>[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            var value = member.Read(args);
            if (value is null && member.Attribute.IsRequired)
            {
                throw new ArgumentNullException(member.Name, $"[Input] {args.GetType().FullName}.{member.Name} is required but was not given a value");
            }

            values[i] = new(member.Attribute.Name, member.Attribute.Json && value is not null ? new JsonText(value) : value);
        }

        return values;
    }

    private static Member[] Find(Type type) =>
    [
        .. type.GetFields(Instance)
            .Select(static field => (Member: (MemberInfo)field, Read: (Func<object, object?>)field.GetValue))
            .Concat(type.GetProperties(Instance).Select(static property => (Member: (MemberInfo)property, Read: (Func<object, object?>)property.GetValue)))
            .Select(static found => (found.Member, found.Read, Attribute: found.Member.GetCustomAttribute<InputAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(static found => new Member(found.Member.Name, found.Attribute!, found.Read)),
    ];

    private sealed record Member(string Name, InputAttribute Attribute, Func<object, object?> Read);
}
