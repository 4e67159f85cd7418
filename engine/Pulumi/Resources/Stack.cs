using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Pulumi;

/// <summary>The root of all resources of a run. Derive from it, make the resources in the constructor and set the marked outputs.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "Pulumi's name.")]
public class Stack : ComponentResource
{
    /// <summary>Registers the stack.</summary>
    /// <param name="options">Its options.</param>
    public Stack(StackOptions? options = null)
        : base(StackType, Deployment.Internal.RootName, Convert(options))
    {
        Deployment.Internal.Stack = this;
    }

    /// <summary>Exports the properties marked as outputs.</summary>
    /// <exception cref="RunException">One of them is null or not an output.</exception>
    internal void ExportProperties()
    {
        var outputs = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => !property.DeclaringType!.IsAssignableFrom(typeof(Stack)))
            .Select(static property => (Property: property, Attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(found => KeyValuePair.Create(found.Attribute!.Name ?? found.Property.Name, found.Property.GetValue(this)))
            .ToImmutableDictionary(StringComparer.Ordinal);
        var missing = outputs.Where(static output => output.Value is null).Select(static output => output.Key).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            throw new RunException(
                $"Output(s) '{string.Join(", ", missing)}' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.");
        }

        var wrong = outputs.Where(static output => output.Value is not IOutput).Select(static output => output.Key).Order(StringComparer.Ordinal).ToArray();
        if (wrong.Length > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }

        RegisterOutputs(outputs);
    }

    /// <summary>Exports what the program's function returns.</summary>
    internal void Export(Task<IDictionary<string, object?>> outputs) => RegisterOutputs(outputs);

    private static ComponentResourceOptions? Convert(StackOptions? options) => options is null
        ? null
        : new ComponentResourceOptions
        {
            ResourceTransformations = options.ResourceTransformations,
            ResourceTransforms = options.ResourceTransforms,
        };
}
