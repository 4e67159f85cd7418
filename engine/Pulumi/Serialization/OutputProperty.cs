using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>An output property of a resource class; found once per class.</summary>
internal sealed class OutputProperty
{
    private static readonly ConcurrentDictionary<Type, OutputProperty[]> Cache = new();

    private readonly Action<Resource, object> _assign;
    private readonly Func<OutputSlot> _make;

    private OutputProperty(Type type, PropertyInfo property, string? name)
    {
        var fullName = $"[Output] {type.FullName}.{property.Name}";
        if (!property.PropertyType.IsConstructedGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Output<>))
        {
            throw RunException.OutputsHaveIncorrectType([name ?? property.Name]);
        }

        // The setter of a base class' property is only visible on the class that declares it.
        var setter = property.DeclaringType!.GetProperty(
            property.Name,
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)?.GetSetMethod(nonPublic: true)
            ?? throw new InvalidOperationException($"{fullName} did not have a 'set' method");
        var valueType = property.PropertyType.GenericTypeArguments[0];
        OutputTypes.Check(fullName, valueType);
        Name = name ?? property.Name;
        Context = $"{type.FullName}.{Name}";
        _make = typeof(OutputSlot<>).MakeGenericType(valueType).GetMethod(nameof(OutputSlot<>.Make))!.CreateDelegate<Func<OutputSlot>>();
        _assign = (Action<Resource, object>)typeof(OutputProperty)
            .GetMethod(nameof(MakeAssign), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(property.DeclaringType!, property.PropertyType)
            .Invoke(obj: null, [setter])!;
    }

    /// <summary>The name for the engine.</summary>
    public string Name { get; }

    /// <summary>The name for messages.</summary>
    public string Context { get; }

    /// <summary>All output properties of a custom resource's class.</summary>
    public static OutputProperty[] Of(Type type) => Cache.GetOrAdd(type, Find);

    /// <summary>Gives a resource's property a new output, and the slot that fills it.</summary>
    public OutputSlot Attach(Resource resource)
    {
        var slot = _make();
        _assign(resource, slot.Output);
        return slot;
    }

    private static OutputProperty[] Find(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => (Property: property, Attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(found => new OutputProperty(type, found.Property, found.Attribute!.Name)),
    ];

    private static Action<Resource, object> MakeAssign<TResource, TOutput>(MethodInfo setter)
        where TResource : Resource
    {
        var assign = setter.CreateDelegate<Action<TResource, TOutput>>();
        return (resource, output) => assign((TResource)resource, (TOutput)output);
    }
}
