using System.Reflection;
using Pulumi;

namespace AppStack.Cli.Import;

/// <summary>The resource classes of the packages whose SDK is here, by type token.</summary>
internal static class SdkTypes
{
    private static readonly Lazy<Dictionary<string, Type>> Classes = new(() => new[] { typeof(Pulumi.Random.RandomPassword), typeof(Pulumi.Command.Local.Command) }
        .SelectMany(known => known.Assembly.GetExportedTypes())
        .Select(type => (Type: type, Token: type.GetCustomAttribute<ResourceTypeAttribute>()?.Type))
        .Where(found => found.Token is not null)
        .ToDictionary(found => found.Token!, found => found.Type, StringComparer.Ordinal));

    /// <summary>The class of a resource; <see langword="null"/> when no SDK here has it.</summary>
    public static Type? Find(string token) => Classes.Value.GetValueOrDefault(token);

    /// <summary>The args class of a resource class: what its public constructor takes after the name.</summary>
    public static Type ArgsOf(Type resource) => resource.GetConstructors()
        .Select(constructor => constructor.GetParameters())
        .Where(parameters => parameters.Length > 1 && typeof(InputArgs).IsAssignableFrom(parameters[1].ParameterType))
        .Select(parameters => parameters[1].ParameterType)
        .First();

    /// <summary>The inputs of an args class in the order of their names. Where a field is the input, the property of its name sets it.</summary>
    public static IReadOnlyList<SdkInput> InputsOf(Type args)
    {
        var inputs = new List<SdkInput>();
        foreach (var member in args.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType == typeof(InputAttribute)) is not { } attribute)
            {
                continue;
            }

            var name = (string)attribute.ConstructorArguments[0].Value!;
            var property = member is PropertyInfo ? member.Name : char.ToUpperInvariant(member.Name[1]) + member.Name[2..];
            inputs.Add(new SdkInput(name, property, args.GetProperty(property)!.PropertyType, (bool)attribute.ConstructorArguments[1].Value!));
        }

        return [.. inputs.OrderBy(input => input.Name, StringComparer.Ordinal)];
    }
}
